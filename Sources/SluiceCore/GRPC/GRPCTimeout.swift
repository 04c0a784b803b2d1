public import SluiceWire

/// The deadline that a gRPC client sends with its call (gRPC over HTTP/2, "Timeout").
public enum GRPCTimeout {
  /// Digits of the value.
  static let digitsMax = 8

  /// - Returns: nil where the text is no timeout.
  public static func parse(_ bytes: RawSpan, _ range: ByteRange) -> TimeSpan? {
    guard 2...(digitsMax + 1) ~= range.count else { return nil }
    var value: Int64 = 0
    for offset in range.offsets.dropLast() {
      let digit = bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self) &- 0x30
      guard digit < 10 else { return nil }
      value = value * 10 + Int64(digit)
    }
    switch bytes.unsafeLoad(fromByteOffset: Int(range.upperBound) - 1, as: UInt8.self) {
    case UInt8(ascii: "H"): return .seconds(value * 3600)
    case UInt8(ascii: "M"): return .seconds(value * 60)
    case UInt8(ascii: "S"): return .seconds(value)
    case UInt8(ascii: "m"): return .milliseconds(value)
    case UInt8(ascii: "u"): return .microseconds(value)
    case UInt8(ascii: "n"): return TimeSpan(nanoseconds: value)
    default: return nil
    }
  }
}
