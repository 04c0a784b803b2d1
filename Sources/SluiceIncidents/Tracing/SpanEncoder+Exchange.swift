internal import SluiceCore
internal import SluiceWire

extension SpanEncoder {
  /// What the exchange's own span says.
  mutating func write(
    _ record: ExchangeRecord, _ place: Place, _ method: SpanText, attempts: Span<AttemptRecord>, head: RawSpan,
    names: SpanNames
  ) {
    writeRequest(record, method, head: head, names: names)
    if record.status != 0 { attribute("http.response.status_code", UInt64(record.status)) }
    attribute("http.request.size", record.bytesIn)
    attribute("http.response.size", record.bytesOut)
    attribute("sluice.exchange.id", record.id.description.utf8)
    if let route = names.route(record.route) { attribute("sluice.route", route.name) }
    if let upstream = names.upstream(record.upstream) { attribute("sluice.upstream", upstream.name) }
    if let reason = record.notRetriedBecause { attribute("sluice.not_retried_because", reason.identifier) }
    if record.isGenerated { attribute("sluice.generated", isTrue: true) }
    if record.isAborted { attribute("sluice.aborted", isTrue: true) }
    if place.isIncident { attribute("sluice.incident.id", record.id.description.utf8) }
    if place.isLate { attribute("sluice.sampled_late", isTrue: true) }
    writeOutcome(record, place)
  }

  private mutating func writeRequest(
    _ record: ExchangeRecord, _ method: SpanText, head: RawSpan, names: SpanNames
  ) {
    if !record.method.isEmpty {
      writeMethod(method)
      attribute("url.scheme", record.tls == nil ? "http" : "https")
      attribute("network.protocol.version", Self.version(record.version))
    }
    attribute("url.path", SpanText(head, record.path).bytes)
    if !record.query.isEmpty { attribute("url.query", SpanText(query: head, record.query, names.query).bytes) }
    writeHost(SpanText(head, record.host, limit: 256).bytes)
    attribute("user_agent.original", SpanText(head, record.userAgent).bytes)
    if let route = names.route(record.route) { attribute("http.route", route.path) }
    writeAddress("client.address", "client.port", record.client)
  }

  private mutating func writeOutcome(_ record: ExchangeRecord, _ place: Place) {
    guard let cause = record.cause else {
      if place.isIncident { attribute("sluice.absorbed", isTrue: true) }
      return
    }
    attribute("error.type", cause == .upstreamStatus ? Self.decimal(record.status) : CauseNames.identifier(cause))
    attribute("sluice.cause", CauseNames.identifier(cause))
    attribute("sluice.who", CauseNames.owner(cause))
    attribute("sluice.phase", record.phase.identifier)
    if let rule = record.rule { attribute("sluice.rule", CauseNames.identifier(rule)) }
    // What a client did wrong is no error of whoever answers it.
    if cause.isIncident { writeError(cause.publicSentence) }
  }

  /// `host`, `host:port` or `[address]:port`, as a client names whom it means.
  private mutating func writeHost(_ host: [UInt8]) {
    guard !host.isEmpty else { return }
    let end = host.first == 0x5B ? host.firstIndex(of: 0x5D) : nil
    let colon = host[(end ?? 0)...].firstIndex(of: 0x3A)
    let address = end.map { host[1..<$0] } ?? host[..<(colon ?? host.count)]
    attribute("server.address", address)
    guard let colon, let port = UInt16(String(decoding: host[(colon + 1)...], as: UTF8.self)) else { return }
    attribute("server.port", UInt64(port))
  }

  mutating func writeAddress(_ key: StaticString, _ portKey: StaticString, _ address: EndpointAddress) {
    guard address.family == .v4 || address.family == .v6 else { return }
    var text: [UInt8] = []
    address.unmapped.appendHost(to: &text)
    attribute(key, text)
    if address.port != 0 { attribute(portKey, UInt64(address.port)) }
  }

  static func version(_ version: HTTPVersion) -> StaticString {
    switch version {
    case .http10: "1.0"
    case .http11: "1.1"
    case .http2: "2"
    }
  }

  static func decimal(_ status: UInt16) -> [UInt8] { Array("\(status)".utf8) }
}
