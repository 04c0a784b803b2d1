/// What is to be done with a field line when its head is passed on.
public struct FieldFlags: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// Meant for this connection only: known as such, or named in `Connection` (RFC 9110 7.6.1).
  public static let hopByHop = FieldFlags(rawValue: 1 << 0)
  /// A defect that a proxy repairs when it passes a response on: whitespace before the colon (RFC 9112 5.1), a folded
  /// value (5.2), or a length that was given twice (RFC 9110 8.6).
  public static let needsRewrite = FieldFlags(rawValue: 1 << 1)
  /// Not passed on: set by the caller, and by the parser for lines that must not be there (a second, identical
  /// length; a length in a 204; a trailer that may not be one).
  public static let dropped = FieldFlags(rawValue: 1 << 2)
}
