/// Parses the trailer section that a `BodyDecoder` handed out, as one block.
public func parseTrailers(
  _ bytes: RawSpan, into fields: inout [Field], limits: ChunkLimits = ChunkLimits()
) throws(WireFault) {
}
