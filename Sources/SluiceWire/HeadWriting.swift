/// Writes the field lines that are passed on, in their order.
///
/// Lines that are hop-by-hop, marked as dropped, or in `dropping` are left out; what stays is copied in runs, byte by
/// byte as it was, but for lines that need a rewrite. `output` needs at most as much room as all lines have bytes, plus
/// one for each rewritten line; too little of it traps.
public func appendFields(
  _ fields: [Field], from source: RawSpan, dropping: KnownFieldSet, into output: inout OutputRawSpan
) {
  var run = ByteRange.empty
  for field in fields {
    let isLeftOut = !field.flags.isDisjoint(with: [.hopByHop, .dropped]) || dropping.contains(field.known)
    if isLeftOut { continue }
    if field.flags.contains(.needsRewrite) {
      output.appendRange(run, of: source)
      run = .empty
      appendRepaired(field, from: source, into: &output)
    } else if run.upperBound == field.line.lowerBound, !run.isEmpty {
      run.upperBound = field.line.upperBound
    } else {
      output.appendRange(run, of: source)
      run = field.line
    }
  }
  output.appendRange(run, of: source)
}

/// "Name: value" with spaces for the line breaks of a folded value (RFC 9112 5.2).
private func appendRepaired(_ field: Field, from source: RawSpan, into output: inout OutputRawSpan) {
  output.appendRange(field.name, of: source)
  output.appendLiteral(": ")
  for offset in field.value.offsets {
    let byte = source.byte(at: offset)
    output.append(byte == ASCII.carriageReturn || byte == ASCII.lineFeed ? ASCII.space : byte)
  }
  output.appendLiteral("\r\n")
}

/// Writes the line before a chunk's data: at most `ChunkText.headerCapacity` bytes. After the data comes
/// `ChunkText.lineEnd`. A size of 0 would be the last chunk: empty data is not written at all.
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
