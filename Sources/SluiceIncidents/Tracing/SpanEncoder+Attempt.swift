internal import SluiceCore

extension SpanEncoder {
  /// What an attempt's span says.
  ///
  /// - Parameters:
  ///   - number: from 0 on.
  ///   - before: the attempt that this one repeats.
  mutating func write(
    _ attempt: AttemptRecord, number: Int, after before: AttemptRecord?, _ method: SpanText, names: SpanNames
  ) {
    writeMethod(method)
    writeEndpoint(attempt, names)
    if attempt.status != 0 { attribute("http.response.status_code", UInt64(attempt.status)) }
    attribute("http.request.size", attempt.bytesSent)
    attribute("http.response.size", attempt.bytesReceived)
    if number > 0 { attribute("http.request.resend_count", UInt64(number)) }
    if let cause = before?.cause { attribute("sluice.retry.reason", CauseNames.identifier(cause)) }
    if attempt.access != .usual { attribute("sluice.pick", attempt.access.identifier) }
    writeConnection(attempt)
    writeTimes(attempt)
    writeOutcome(attempt)
  }

  private mutating func writeEndpoint(_ attempt: AttemptRecord, _ names: SpanNames) {
    if let upstream = names.upstream(attempt.endpoint.upstream) { attribute("sluice.upstream", upstream.name) }
    if let endpoint = names.endpoint(attempt.endpoint) {
      attribute("sluice.endpoint", endpoint.url)
      attribute("server.address", endpoint.address)
      if endpoint.port != 0 { attribute("server.port", UInt64(endpoint.port)) }
      attribute("url.scheme", endpoint.isSecure ? "https" : "http")
    }
    if attempt.address.family == .unix { attribute("network.transport", "unix") }
    writeAddress("network.peer.address", "network.peer.port", attempt.address)
  }

  private mutating func writeConnection(_ attempt: AttemptRecord) {
    attribute("sluice.connection.reused", isTrue: attempt.isReused)
    guard attempt.isReused else { return }
    attribute("sluice.connection.age_ms", UInt64(max(attempt.connectionAge, 0)))
    attribute("sluice.connection.idle_ms", UInt64(max(attempt.connectionIdle, 0)))
    attribute("sluice.connection.uses", UInt64(attempt.connectionUses))
  }

  private mutating func writeTimes(_ attempt: AttemptRecord) {
    attribute("sluice.time.queue_ms", microseconds: attempt.queue)
    attribute("sluice.time.resolve_ms", microseconds: attempt.resolve)
    attribute("sluice.time.connect_ms", microseconds: attempt.connect)
    attribute("sluice.time.tls_ms", microseconds: attempt.tls)
    attribute("sluice.time.send_ms", microseconds: attempt.send)
    attribute("sluice.time.first_byte_ms", microseconds: attempt.firstByte)
    attribute("sluice.time.receive_ms", microseconds: attempt.receive)
  }

  private mutating func writeOutcome(_ attempt: AttemptRecord) {
    guard let cause = attempt.cause else {
      guard attempt.status >= 400 else { return }
      attribute("error.type", Self.decimal(attempt.status))
      return writeError(nil)
    }
    attribute("error.type", CauseNames.identifier(cause))
    attribute("sluice.cause", CauseNames.identifier(cause))
    attribute("sluice.who", CauseNames.owner(cause))
    attribute("sluice.phase", attempt.phase.identifier)
    if let name = systemErrorName(attempt.systemError) { attribute("sluice.errno", name) }
    if let code = attempt.responseCode.name { attribute("sluice.rcode", code.utf8) }
    writeError(cause.publicSentence)
  }
}
