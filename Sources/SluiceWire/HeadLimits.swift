/// The bounds of a head. What goes beyond is refused as soon as the first byte too many has arrived.
public struct HeadLimits: Hashable, Sendable {
  /// Bytes of the whole head, its empty line included.
  public var total: Int
  /// Bytes of the request or status line, with its CRLF.
  public var line: Int
  /// Bytes of one field line, with its CRLF.
  public var field: Int
  /// Field lines.
  public var fields: Int

  public init(total: Int = 64 * 1024, line: Int = 16 * 1024, field: Int = 32 * 1024, fields: Int = 256) {
    self.total = max(total, 64)
    self.line = max(line, 32)
    self.field = max(field, 16)
    self.fields = max(fields, 1)
  }
}
