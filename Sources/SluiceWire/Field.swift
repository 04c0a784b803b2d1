/// One field line of a head or a trailer section, as offsets into its block.
public struct Field: Sendable {
  public var name: ByteRange
  /// The value without the whitespace around it.
  public var value: ByteRange
  /// The whole line with its CRLF, and with the lines that continue it.
  public var line: ByteRange
  public var known: KnownField
  public var flags: FieldFlags

  public init(name: ByteRange, value: ByteRange, line: ByteRange, known: KnownField, flags: FieldFlags = []) {
    self.name = name
    self.value = value
    self.line = line
    self.known = known
    self.flags = flags
  }
}
