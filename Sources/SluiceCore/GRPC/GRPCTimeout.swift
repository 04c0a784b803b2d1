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
    guard let unit = nanoseconds(bytes.unsafeLoad(fromByteOffset: Int(range.upperBound) - 1, as: UInt8.self)) else {
      return nil
    }
    // Eight digits of hours are more than any clock of ours counts.
    let (time, overflows) = value.multipliedReportingOverflow(by: unit)
    return overflows ? .unlimited : TimeSpan(nanoseconds: time)
  }

  private static func nanoseconds(_ unit: UInt8) -> Int64? {
    switch unit {
    case UInt8(ascii: "H"): 3_600_000_000_000
    case UInt8(ascii: "M"): 60_000_000_000
    case UInt8(ascii: "S"): 1_000_000_000
    case UInt8(ascii: "m"): 1_000_000
    case UInt8(ascii: "u"): 1_000
    case UInt8(ascii: "n"): 1
    default: nil
    }
  }
}
