/// Numbers as netlink has them: in the machine's own byte order, but for ports and addresses.
struct NetlinkBytes {
  private(set) var bytes: [UInt8] = []

  mutating func append<Number: FixedWidthInteger>(_ number: Number) {
    withUnsafeBytes(of: number) { bytes += $0 }
  }

  mutating func append(zeros count: Int) { bytes += [UInt8](repeating: 0, count: count) }
}

extension RandomAccessCollection<UInt8> where Index == Int {
  /// The number at an offset from the beginning; nil behind the end.
  func number<Number: FixedWidthInteger>(_ type: Number.Type, at offset: Int) -> Number? {
    let width = Number.bitWidth / 8
    guard offset >= 0, offset + width <= count else { return nil }
    var number = Number.zero
    withUnsafeMutableBytes(of: &number) { target in
      for index in 0..<width { target[index] = self[startIndex + offset + index] }
    }
    return number
  }
}
