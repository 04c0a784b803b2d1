/// Writes the field lines that are passed on, in their order.
///
/// Lines that are hop-by-hop, marked as dropped, or in `dropping` are left out; what stays is copied in runs, byte by byte
/// as it was, but for lines that need a rewrite. `output` needs at most as much room as all lines have bytes, plus 3 for
/// each rewritten line.
public func appendFields(
  _ fields: [Field], from source: RawSpan, dropping: KnownFieldSet, into output: inout OutputRawSpan
) {
}

/// Writes the line before a chunk's data: at most 18 bytes. After the data comes `ChunkText.lineEnd`.
public func chunkHeader(_ size: UInt64, into output: inout OutputRawSpan) {
  output.appendHex(size)
  output.appendLiteral(ChunkText.lineEnd)
}

/// The fixed texts of the chunked coding (RFC 9112 7.1).
public enum ChunkText {
  public static let lineEnd: StaticString = "\r\n"
  /// The last chunk without its trailer section; the trailers, and then `lineEnd`, follow.
  public static let last: StaticString = "0\r\n"
  /// The last chunk and an empty trailer section.
  public static let end: StaticString = "0\r\n\r\n"
  /// The most bytes that `chunkHeader` writes.
  public static let headerCapacity = 18
}
