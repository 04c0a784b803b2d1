/// Parses the trailer section that a `BodyDecoder` handed out, as one block.
///
/// Fields that may not stand in a trailer section (RFC 9110 6.5.1), because a recipient that merged them into the head
/// would change how the message is framed, routed, authenticated or read, are marked `.dropped`. A trailer section is
/// read as strictly as a request, in responses too.
/// - Throws: the first rule that the section breaks, `.tooManyTrailers` and `.trailerTooLarge` among them.
public func parseTrailers(
  _ bytes: RawSpan, into fields: inout [Field], limits: ChunkLimits = ChunkLimits()
) throws(WireFault) {
  fields.removeAll(keepingCapacity: true)
  guard bytes.byteCount <= limits.trailer else { throw WireFault(.trailerTooLarge, at: limits.trailer) }
  _ = try FieldSection.parse(bytes, from: 0, role: .request, into: &fields)
  guard fields.count <= limits.trailerFields else {
    throw WireFault(.tooManyTrailers, at: Int(fields[limits.trailerFields].line.lowerBound))
  }
  for index in fields.indices where KnownFieldSet.notInTrailers.contains(fields[index].known) {
    fields[index].flags.formUnion(.dropped)
  }
}

extension KnownFieldSet {
  /// Fields for framing, routing, request modifiers, authentication, response control, or the form of the content
  /// (RFC 9110 6.5.1), and those for one connection.
  public static let notInTrailers = hopByHop.union(
    KnownFieldSet(
      .host, .contentLength, .trailer, .expect, .maxForwards, .cacheControl, .pragma, .range, .ifNoneMatch,
      .authorization, .proxyAuthorization, .proxyAuthenticate, .wwwAuthenticate, .cookie, .setCookie, .age, .date,
      .location, .retryAfter, .vary, .contentEncoding, .contentType, .contentRange, .via, .forwarded, .xForwardedFor,
      .xForwardedProto, .xForwardedHost, .xForwardedPort, .xForwardedServer, .xRealIP, .xRequestID, .sluiceIncident))
}
