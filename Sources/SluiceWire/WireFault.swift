/// A broken rule and where it was broken.
public struct WireFault: Error, Hashable, Sendable {
  public var rule: WireRule
  /// Offset in the bytes that were given, of the byte or line at fault.
  public var offset: UInt32
  /// The name of the field at fault, or `.empty`.
  public var field: ByteRange

  public init(rule: WireRule, offset: UInt32, field: ByteRange = .empty) {
    self.rule = rule
    self.offset = offset
    self.field = field
  }

  init(_ rule: WireRule, at offset: Int, field: ByteRange = .empty) {
    self.init(rule: rule, offset: UInt32(clamping: offset), field: field)
  }
}
