/// The 16 bytes that all spans of one trace have in common (W3C Trace Context, `trace-id`).
public struct TraceID: Hashable, Sendable {
  public var high: UInt64
  public var low: UInt64

  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// All zeros, which no trace has.
  public static let none = TraceID(high: 0, low: 0)

  public var isNone: Bool { high | low == 0 }

  /// 32 hexadecimal digits in lower case.
  public static let textLength = 32
}

extension TraceID: CustomStringConvertible {
  public var description: String { HexText.string(high) + HexText.string(low) }
}
