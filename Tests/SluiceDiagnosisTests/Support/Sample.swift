import SluiceCore
import SluiceDiagnosis
import SluiceIncidents

/// An incident that a test changes where it matters: a GET at the first of the endpoints of `api` on this machine.
struct Sample {
  static let time: Int64 = 1_790_000_000_123
  static let endpoint = "http://127.0.0.1:3000"

  var incident: Incident
  var attempts: [StoredAttempt]
  var neighbours: [Problem] = []
  var changes: [Change] = []

  init(_ cause: Cause, withEvidence: Bool = true) throws { try self.init(cause.identifier, withEvidence: withEvidence) }

  init(_ cause: String, withEvidence: Bool = true) throws {
    let id = ExchangeID(milliseconds: UInt64(Self.time), random: 7, more: 9)
    let line = """
      {"time":"2026-09-21T14:13:20.123Z","id":"\(id)","client":"192.0.2.7:5555","listener":"127.0.0.1:8080",\
      "protocol":"HTTP/1.1","method":"GET","scheme":"http","host":"api.example.com","path":"/v1/orders","status":502,\
      "bytesIn":120,"bytesOut":310,"route":"api.example.com/v1","upstream":"api","phase":"wait","totalMs":34.5,\
      "generated":true,"attempts":[{"phase":"wait","endpoint":"\(Self.endpoint)","address":"127.0.0.1:3000",\
      "startMs":0.2,"connectMs":0.3,"sendMs":0.1,"bytesSent":214,"bytesReceived":0}]}
      """
    var record = try AccessLogDecoder().decode(Array(line.utf8))
    record.cause = cause
    record.who = Cause.allCases.first { $0.identifier == cause }?.owner.identifier
    attempts = record.attempts ?? []
    attempts[0].cause = cause
    incident = Incident(kind: cause == "upstream_status" ? .application : .failed, record: record, evidence: nil)
    if withEvidence { incident.evidence = Self.evidence() }
  }

  static func evidence() -> Evidence {
    var evidence = Evidence()
    evidence.timeouts = TimeoutsInForce(
      connect: 2000, responseHead: 60_000, request: 120_000, bodyIdle: 60_000, poolIdle: 4000, queue: 1000)
    evidence.load = UpstreamLoad(
      requests: 3, requestsMax: 1024, queued: 0, queueMax: 1024, connections: 5, connectionsMax: 1024)
    evidence.endpoints = [condition(endpoint, success: 40, failures: 1)]
    return evidence
  }

  static func condition(
    _ endpoint: String, success: Double? = nil, failure: Double? = nil, cause: Cause? = nil, failures: Int = 0
  ) -> EndpointCondition {
    EndpointCondition(
      endpoint: endpoint, lastSuccessMs: success, lastFailureMs: failure, lastFailureCause: cause?.identifier,
      failuresInARow: failures)
  }

  /// A problem of the same time, one minute old.
  static func problem(
    _ cause: Cause, upstream: String? = "api", endpoint: String? = endpoint, since: Int64 = 60_000
  ) -> Problem {
    Problem(
      number: 1,
      key: ProblemKey(cause: cause.identifier, route: "api.example.com/v1", upstream: upstream, endpoint: endpoint),
      who: cause.owner.identifier, state: .ongoing, firstSeen: time - since, lastSeen: time, count: 12, absorbed: 0,
      kept: 12, lastMinute: 12, example: nil)
  }

  /// The endpoint elsewhere, under an address of its own.
  mutating func isAt(_ endpoint: String, address: String?) {
    attempts[0].endpoint = endpoint
    attempts[0].address = address
    for index in (incident.evidence?.endpoints ?? []).indices where index == 0 {
      incident.evidence?.endpoints?[index].endpoint = endpoint
    }
  }

  mutating func isReused(age: Int64, uses: UInt32 = 1) {
    attempts[0].isReused = true
    attempts[0].ageMs = age
    attempts[0].uses = uses
    attempts[0].connectMs = nil
  }

  mutating func own(_ condition: EndpointCondition, _ others: EndpointCondition...) {
    incident.evidence?.endpoints = [condition] + others
  }

  mutating func saw(_ bytes: String, _ appearance: String?) {
    incident.evidence?.firstBytes = FirstBytes(
      text: bytes, count: bytes.utf8.count, isCut: false, looksLike: appearance)
  }

  var diagnosis: Diagnosis {
    var incident = incident
    incident.record.attempts = attempts
    return diagnose(incident, neighbours: neighbours, changes: changes)
  }

  var verdict: Verdict { diagnosis.verdict }
}

extension Diagnosis {
  func has(_ root: RootCause, _ sure: Sureness? = nil) -> Bool {
    candidates.contains { $0.cause == root.identifier && (sure == nil || $0.sure == sure) }
  }

  func has(_ cause: Cause, _ who: Owner) -> Bool {
    candidates.contains { $0.cause == cause.identifier && $0.who == who.identifier }
  }

  /// All text that a person reads.
  var texts: [String] {
    [verdict.sentence, verdict.next] + candidates.flatMap(\.evidence) + checks.map(\.question)
      + checks.compactMap(\.command)
  }
}
