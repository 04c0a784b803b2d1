/// RFC 4648 section 4, as structured fields have it (RFC 8941 section 3.3.5).
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func append(_ bytes: [UInt8], to output: inout [UInt8]) {
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let count = min(3, bytes.count - start)
      var group: UInt32 = 0
      for offset in 0..<3 { group = group << 8 | (offset < count ? UInt32(bytes[start + offset]) : 0) }
      for digit in 0..<4 {
        output.append(digit <= count ? alphabet[Int(group >> UInt32(18 - 6 * digit)) & 63] : 0x3D)
      }
    }
  }
}
