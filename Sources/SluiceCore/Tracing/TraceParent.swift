internal import SluiceWire

/// The value of `traceparent`: which trace a request belongs to, and which span it came from (W3C Trace Context 3.2).
public struct TraceParent: Hashable, Sendable {
  public var trace: TraceID
  /// The span of the sender; never 0.
  public var span: UInt64
  public var flags: TraceFlags

  /// Bytes of the form that version 00 has: two digits, 32, 16 and two, and the hyphens between them.
  public static let textLength = 55

  public init(trace: TraceID, span: UInt64, flags: TraceFlags) {
    self.trace = trace
    self.span = span
    self.flags = flags
  }

  /// Reads a value without whitespace around it; nil where the trace has to be started anew.
  ///
  /// A version to come is read as far as it has the form of version 00, and may go on behind a hyphen (3.2.4). Version
  /// ff, IDs of zeros and capital letters are invalid.
  public init?(_ text: RawSpan) {
    guard text.byteCount >= Self.textLength, text.octet(2) == 0x2D, text.octet(35) == 0x2D, text.octet(52) == 0x2D,
      let version = HexText.word(text, at: 0, count: 2), version != 0xFF,
      let high = HexText.word(text, at: 3, count: 16), let low = HexText.word(text, at: 19, count: 16),
      let span = HexText.word(text, at: 36, count: 16), let flags = HexText.word(text, at: 53, count: 2)
    else { return nil }
    guard high | low != 0, span != 0 else { return nil }
    if text.byteCount > Self.textLength {
      guard version > 0, text.octet(Self.textLength) == 0x2D else { return nil }
    }
    self.init(
      trace: TraceID(high: high, low: low), span: span,
      flags: TraceFlags(rawValue: UInt8(truncatingIfNeeded: flags)).intersection(.known))
  }

  /// Writes the value in the form of version 00; the output must have room for `textLength` bytes.
  public func append(to output: inout OutputRawSpan) {
    output.append(0x30)
    output.append(0x30)
    output.append(0x2D)
    Self.append(trace.high, to: &output)
    Self.append(trace.low, to: &output)
    output.append(0x2D)
    Self.append(span, to: &output)
    output.append(0x2D)
    output.append(0x30)
    // The flags that there are fit into one digit.
    output.append(0x30 + flags.rawValue)
  }

  private static func append(_ word: UInt64, to output: inout OutputRawSpan) {
    let (upper, lower) = HexText.characters(word)
    output.append(upper.littleEndian, as: UInt64.self)
    output.append(lower.littleEndian, as: UInt64.self)
  }
}
