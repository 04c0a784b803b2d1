/// A block of IP addresses.
enum AddressBlockText {
  /// `10.0.0.0/8`, `::1`; the result always has its prefix length.
  static func parse(_ text: String) throws(Mistake) -> String {
    if text == "*" || text == "all" || text == "any" { throw Mistake("", suggestion: "0.0.0.0/0") }
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let address = String(parts.first ?? "")
    guard let bytes = IPText.bytes(address) else {
      throw Mistake("it is neither an IP address nor a block of them such as 10.0.0.0/8")
    }
    let bits = bytes.count * 8
    guard parts.count == 2 else { return "\(text)/\(bits)" }
    guard parts[1].utf8.allSatisfy(Characters.isDigit), let length = Int(parts[1]), length <= bits else {
      throw Mistake("what follows '/' is the number of leading bits, 0...\(bits)")
    }
    let hasHostBits = (length..<bits).contains { bytes[$0 / 8] & (0x80 >> UInt8($0 % 8)) != 0 }
    guard !hasHostBits else {
      throw Mistake("it has bits beyond the first \(length); a block begins at its first address")
    }
    return "\(address)/\(length)"
  }
}
