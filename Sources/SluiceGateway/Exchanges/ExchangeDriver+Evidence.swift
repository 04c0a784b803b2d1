internal import NIOCore
internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceIncidents
internal import SluiceWire

// What is still at hand when an exchange has failed. Nothing of it is copied ahead, and all of it only for an incident
// that keeps its evidence.

extension ExchangeDriver {
  /// What an endpoint sent in place of a response, or of a whole one.
  struct SeenBytes {
    /// The first `FirstBytes.countMax` of them.
    var bytes: [UInt8]
    /// All that were there.
    var count: Int
    var appearance: Appearance
  }

  /// Bytes that were refused, or were cut off before they made a head. The attempt is about to fail.
  func keepFirstBytes(of bytes: ByteBuffer) {
    guard bytes.readableBytes > 0 else { return }
    let appearance = appearance ?? SluiceWire.appearance(of: bytes.readableBytesSpan)
    let kept = bytes.readableBytesView.prefix(FirstBytes.countMax)
    seen = SeenBytes(bytes: Array(kept), count: bytes.readableBytes, appearance: appearance)
  }

  /// TLS to the endpoint did not come about. The attempt is about to fail.
  func keep(_ failure: HandshakeFailure) {
    tlsEvidence = failure.evidence
    guard let bytes = failure.firstBytes else { return }
    keepFirstBytes(of: bytes)
    seen?.count = failure.firstCount
  }

  /// Whether the exchange is kept, and as what (DECISIONS 2).
  var incidentKind: IncidentKind? {
    if let cause = record.cause, cause.isIncident { return cause == .upstreamStatus ? .application : .failed }
    guard record.cause == nil, attempts.count > 1, attempts.contains(where: { $0.cause != nil }) else { return nil }
    return .absorbed
  }

  /// What the incident is counted as.
  func problem(for kind: IncidentKind) -> IntakeKey? {
    let attempt = blamedAttempt(for: kind)
    guard let cause = kind == .absorbed ? attempt?.cause : record.cause else { return nil }
    return IntakeKey(
      generation: UInt32(truncatingIfNeeded: snapshot.shared.generation), cause: cause, route: record.route,
      upstream: record.upstream, endpoint: attempt?.endpoint.endpoint ?? .max)
  }

  /// The client's own request ID, where it is kept.
  var clientRequestID: String? {
    guard !record.clientRequestID.isEmpty else { return nil }
    let bytes = block[record.clientRequestID.offsets].prefix(AccessLogEncoder.textBytesMax)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The attempt that an incident is about: the first that failed where the client was spared, else the last.
  func blamedAttempt(for kind: IncidentKind) -> AttemptRecord? {
    switch kind {
    case .absorbed: attempts.first { $0.cause != nil }
    case .failed, .application: attempts.last
    }
  }

  func evidence(for kind: IncidentKind) -> Evidence {
    var evidence = Evidence()
    if let seen {
      evidence.firstBytes = FirstBytes(
        seen.bytes, total: seen.count, looksLike: seen.appearance == .http ? nil : seen.appearance.identifier,
        secrets: snapshot.shared.secrets)
    }
    evidence.tls = tlsEvidence
    evidence.declaredLength = bodySeen?.declared
    evidence.receivedLength = bodySeen?.received
    if http2Code != nil || http2Rule != nil {
      let code = http2Code.map { $0.name ?? "error code \($0.rawValue)" }
      evidence.http2 = HTTP2Evidence(code: code, rule: http2Rule?.identifier)
    }
    let changes = worker.services.changes.suspects(at: record.wallTime)
    evidence.changes = changes.isEmpty ? nil : changes
    guard let upstreamState else { return evidence }
    let configuration = upstreamState.configuration
    evidence.timeouts = TimeoutsInForce(route?.policy.timeouts ?? configuration.timeouts, configuration.timeouts)
    evidence.load = UpstreamLoad(upstreamState.permits, configuration.limits, heldBackBy: heldBackBy)
    let attempt = blamedAttempt(for: kind)
    let blamed = attempt.map { Int($0.endpoint.endpoint) }
    evidence.endpoints = upstreamState.endpoints.enumerated().map { index, endpoint in
      endpoint.history.condition(
        at: now, isFailedOne: index == blamed && kind != .application,
        upstreamState.standing(of: index))
    }
    if let blamed { evidence.resolution = resolution(of: upstreamState.endpoints[blamed].target, attempt) }
    return evidence
  }

  private func resolution(of target: EndpointTarget, _ attempt: AttemptRecord?) -> ResolutionEvidence? {
    guard case .tcp(let host, _) = target, EndpointAddress(host) == nil else { return nil }
    let known = worker.resolved.names[host]
    let published = known?.failure ?? known?.good
    let code = attempt?.responseCode.name ?? published?.rcode.flatMap { DNSResponseCode(number: Int32($0)).name }
    return ResolutionEvidence(
      name: host, addresses: known?.addresses.map(\.description) ?? [], responseCode: code)
  }
}

extension TimeoutsInForce {
  /// - Parameters:
  ///   - timeouts: of the exchange, the route's own ones included.
  ///   - upstream: of the upstream.
  fileprivate init(_ timeouts: UpstreamTimeouts, _ upstream: UpstreamTimeouts) {
    func milliseconds(_ span: TimeSpan) -> Double { span.inSeconds * 1000 }
    self.init(
      connect: milliseconds(upstream.connect), responseHead: milliseconds(timeouts.responseHead),
      request: milliseconds(timeouts.request), bodyIdle: milliseconds(timeouts.bodyIdle),
      poolIdle: milliseconds(upstream.poolIdle), queue: milliseconds(timeouts.queue))
  }
}

extension UpstreamLoad {
  init(_ permits: UpstreamPermits, _ limits: UpstreamLimits, heldBackBy limit: AdmissionLimit?) {
    let adaptive = permits.adaptiveLimit
    self.init(
      requests: permits.requests.inUse, requestsMax: adaptive?.limit ?? limits.requests,
      queued: permits.requests.waiting, queueMax: limits.queue, connections: permits.connections.inUse,
      connectionsMax: limits.connections)
    self.heldBackBy = limit?.identifier
    servedPerSecond = limit == nil ? nil : permits.requests.servedPerSecond
    adaptiveReason = adaptive?.reason.identifier
    latencyWithoutQueueMs = adaptive?.latencyWithoutQueue.map { $0.inSeconds * 1000 }
  }
}
