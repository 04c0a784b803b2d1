import SluiceDiagnosis
import SluiceIncidents
import Testing

@testable import sluice

/// Incidents as the gateway would have kept them.
enum Fixtures {
  /// 2026-11-24 03:20:00.123 UTC, as the IDs below tell.
  static let time: Int64 = 1_795_490_400_123
  static let now = time + 200_000

  static func incident(_ kind: IncidentKind, _ line: String, evidence: Evidence? = nil) throws -> Incident {
    let record = try AccessLogDecoder().decode(Array(line.filter { $0 != "\n" }.utf8))
    return Incident(kind: kind, record: record, evidence: evidence)
  }

  /// Both endpoints refuse.
  static func refused() throws -> Incident {
    var evidence = Evidence()
    evidence.timeouts = TimeoutsInForce(
      connect: 2000, responseHead: 60_000, request: 120_000, bodyIdle: 60_000, poolIdle: 4000, queue: 1000)
    evidence.load = UpstreamLoad(
      requests: 3, requestsMax: 1024, queued: 0, queueMax: 1024, connections: 2, connectionsMax: 1024)
    evidence.endpoints = [
      EndpointCondition(
        endpoint: "http://127.0.0.1:3000", lastSuccessMs: 12_000, lastFailureMs: 900,
        lastFailureCause: "connect_refused", failuresInARow: 4),
      EndpointCondition(
        endpoint: "http://127.0.0.1:3001", lastSuccessMs: nil, lastFailureMs: 0, lastFailureCause: "connect_refused",
        failuresInARow: 1),
    ]
    return try incident(
      .failed,
      """
      {"time":"2026-11-24T03:20:00.123Z","id":"\(ids[0])","client":"127.0.0.1:53110",
      "listener":"127.0.0.1:8081","protocol":"HTTP/1.1","method":"GET","scheme":"http","host":"127.0.0.1:8081",
      "path":"/orders","query":"id","status":502,"bytesIn":84,"bytesOut":512,"route":"/","upstream":"app",
      "cause":"connect_refused","who":"application","phase":"connect","attempts":[
      {"phase":"connect","endpoint":"http://127.0.0.1:3000","address":"127.0.0.1:3000","cause":"connect_refused",
      "errno":"ECONNREFUSED","startMs":0.1,"resolveMs":0.2,"connectMs":0.4,"bytesSent":0,"bytesReceived":0},
      {"phase":"connect","endpoint":"http://127.0.0.1:3001","address":"127.0.0.1:3001","cause":"connect_refused",
      "errno":"ECONNREFUSED","startMs":1.2,"connectMs":0.6,"bytesSent":0,"bytesReceived":0}],
      "notRetriedBecause":"no_other_endpoint","totalMs":2,"generated":true,"clientRequestId":"abc-1",
      "userAgent":"curl/8.5.0"}
      """, evidence: evidence)
  }

  /// A port that speaks SSH, asked over a reused connection.
  static func ssh() throws -> Incident {
    var evidence = Evidence()
    evidence.firstBytes = FirstBytes(
      text: #"SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n"#, count: 40, isCut: false, looksLike: "ssh")
    evidence.resolution = ResolutionEvidence(
      name: "git.internal", addresses: ["10.0.0.7", "10.0.0.8"], responseCode: "NOERROR")
    return try incident(
      .failed,
      """
      {"time":"2026-11-24T03:20:00.123Z","id":"\(ids[1])","client":"10.1.1.1:5000","listener":"0.0.0.0:80",
      "protocol":"HTTP/1.1","method":"POST","scheme":"http","host":"git.example","path":"/x","status":502,"bytesIn":84,
      "bytesOut":512,"route":"git","upstream":"git","cause":"not_http","who":"configuration","phase":"wait","attempts":[
      {"phase":"wait","endpoint":"http://git.internal:22","address":"10.0.0.7:22","cause":"not_http","startMs":0.05,
      "queueMs":0.01,"firstByteMs":9,"receiveMs":0.5,"reused":true,"ageMs":3800,"uses":1,"bytesSent":120,
      "bytesReceived":40}],"notRetriedBecause":"bytes_sent","totalMs":10,"generated":true}
      """, evidence: evidence)
  }

  /// A stale connection that a second attempt made good.
  static func absorbed() throws -> Incident {
    try incident(
      .absorbed,
      """
      {"time":"2026-11-24T03:20:00.123Z","id":"\(ids[2])","method":"GET","host":"a","path":"/","status":200,
      "bytesIn":84,"bytesOut":512,"route":"/","upstream":"app","phase":"done","attempts":[
      {"phase":"wait","endpoint":"http://127.0.0.1:3000","cause":"stale_keepalive","errno":"ECONNRESET","startMs":0,
      "queueMs":0,"reused":true,"ageMs":4100,"uses":12,"bytesSent":84,"bytesReceived":0},
      {"phase":"done","endpoint":"http://127.0.0.1:3000","startMs":4,"connectMs":1,"firstByteMs":5,"receiveMs":1,
      "bytesSent":84,"bytesReceived":300,"status":200}],"totalMs":10}
      """)
  }

  static let ids = ["01M85S2HVV00000000000000A1", "01M85S2HVV00000000000000B2", "01M85S2HVV00000000000000C3"]

  static func diagnosis(_ cause: String, who: String, _ sentence: String, next: String) -> Diagnosis {
    Diagnosis(
      verdict: Verdict(who: who, cause: cause, sure: .certain, sentence: sentence, next: next),
      candidates: [Candidate(cause: cause, who: who, sure: .certain, evidence: ["connect() gave ECONNREFUSED."])],
      checks: [
        NextCheck(
          question: "Is the process alive, and does it listen on that port?", command: "ss -ltnp 'sport = :3001'"),
        NextCheck(question: "Was something deployed?", command: nil),
      ])
  }

  static func refusedPage(_ screen: Screen, changes: [Change] = []) throws -> WhyPage {
    WhyPage(
      incident: try refused(),
      diagnosis: diagnosis(
        "connect_refused", who: "application",
        "Nothing listens on 127.0.0.1:3001: the endpoint's machine refused the connection.",
        next: "Start the application, or correct the endpoint's port."),
      changes: changes, now: now, screen: screen)
  }
}
