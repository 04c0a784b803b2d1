internal import SluiceCore
internal import SluiceIncidents

/// What the endpoint answered, as the rules of conclusions ask for it.
struct Asked {
  let examination: Examination
  /// As the gateway would ask.
  let configured: ResponseSeen?

  init(_ examination: Examination) {
    self.examination = examination
    configured = examination.responses?.value?.first { $0.question == .configured }
  }

  func response(_ question: ResponseSeen.Question) -> ResponseSeen? {
    examination.responses?.value?.first { $0.question == question }
  }

  /// Safe to show; with the address where the endpoint is named.
  var here: String { place?.shown ?? Shown.text(examination.target.endpoint) }

  var place: EndpointPlace? { EndpointPlace(endpoint: examination.target.endpoint, address: address) }

  /// The address that was asked, else the first one that was connected to.
  var address: String? {
    if let configured { return configured.address }
    let connections = examination.connections?.value ?? []
    return (connections.first { $0.cause == nil } ?? connections.first)?.address
  }

  /// Whether no network lies between who looks and the endpoint.
  var isLocal: Bool { place?.isLocal == true }

  /// All connections that were tried failed; nil: none was tried.
  var failedConnections: [ConnectionSeen]? {
    guard let connections = examination.connections?.value, !connections.isEmpty else { return nil }
    return connections.allSatisfy { $0.cause != nil } ? connections : nil
  }

  /// What ended the way to a valid response: the first stage that failed. nil: none, or it is not known.
  var cause: String? {
    if let cause = examination.resolution?.value?.cause { return cause }
    if let failed = failedConnections { return failed.first?.cause }
    if let cause = examination.handshake?.value?.cause { return cause }
    return configured?.cause
  }

  /// Whether a status came in answer to another scheme or protocol.
  func hasAnswer(_ question: ResponseSeen.Question) -> ResponseSeen? {
    response(question).flatMap { $0.status == nil || $0.cause != nil ? nil : $0 }
  }
}

extension Asked {
  /// What the rules over incidents make of a cause that was seen by looking.
  ///
  /// The same words and the same choice between explanations; what an examination does not know (how the endpoint did
  /// before, the load, the others) stays unknown to them.
  func conclusions(_ cause: Cause) -> [Conclusion] {
    let judgement = Rulebook.judge(cause, Facts(incident(cause), neighbours: [], changes: []))
    return ([judgement.verdict] + judgement.others).map {
      Conclusion(judgement.sentence, next: judgement.next, $0, checks: judgement.checks)
    }
  }

  private func incident(_ cause: Cause) -> Incident {
    let time = examination.time
    let id = ExchangeID(milliseconds: UInt64(max(time, 0)), random: 0, more: 0)
    var record = StoredRecord(
      time: Self.text(time), id: "\(id)", status: configured?.status ?? 0, phase: "",
      totalMs: configured?.tookMs ?? 0)
    record.cause = cause.identifier
    record.upstream = examination.target.upstream
    record.method = configured?.method ?? "GET"
    record.path = examination.target.path
    var attempt = StoredAttempt(phase: "")
    attempt.endpoint = examination.target.endpoint
    attempt.address = address
    attempt.cause = cause.identifier
    attempt.errno = failedConnections?.first?.errno
    attempt.isReused = false
    attempt.firstByteMs = configured?.firstByteMs
    attempt.status = configured?.status
    record.attempts = [attempt]
    return Incident(kind: cause == .upstreamStatus ? .application : .failed, record: record, evidence: evidence)
  }

  private var evidence: Evidence {
    var evidence = Evidence()
    evidence.tls = examination.handshake?.value?.tls
    evidence.firstBytes = configured?.firstBytes ?? examination.handshake?.value?.firstBytes
    evidence.resolution = examination.resolution?.value.map {
      ResolutionEvidence(name: $0.name, addresses: $0.addresses, responseCode: $0.responseCode)
    }
    return evidence
  }

  /// RFC 3339, UTC.
  private static func text(_ milliseconds: Int64) -> String {
    let date = CivilDate(unixSeconds: milliseconds / 1000)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(date.dayText)T\(two(date.hour)):\(two(date.minute)):\(two(date.second)).000Z"
  }
}
