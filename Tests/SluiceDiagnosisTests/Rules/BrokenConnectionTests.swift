import SluiceCore
import SluiceDiagnosis
import SluiceIncidents
import Testing

@Suite("Broken connections are told apart")
struct BrokenConnectionTests {
  private func closed(_ cause: Cause = .closedBeforeResponse) throws -> Sample { try Sample(cause) }

  @Test("a stale keep-alive: reused, rested near the idle limit, not a byte")
  func stale() throws {
    var sample = try Sample(.staleKeepalive)
    sample.isReused(age: 3900)
    let diagnosis = sample.diagnosis
    #expect(diagnosis.verdict.cause == "stale_keepalive")
    #expect(diagnosis.verdict.who == "configuration")
    #expect(diagnosis.verdict.sure == .likely)
    #expect(diagnosis.has(.idleTimeoutMismatch, .likely))
    #expect(diagnosis.verdict.sentence.contains("idle for 3.9 s"))
    #expect(diagnosis.candidates[1].evidence.contains { $0.contains("4 s") })
  }

  @Test("a busy connection that is old had not rested")
  func busy() throws {
    var sample = try Sample(.staleKeepalive)
    sample.isReused(age: 60_000, uses: 1234)
    let diagnosis = sample.diagnosis
    #expect(diagnosis.verdict.sure == .possible)
    #expect(!diagnosis.has(.idleTimeoutMismatch, .likely))
  }

  @Test("a round number of uses is a limit of the application's")
  func requestLimit() throws {
    var sample = try Sample(.staleKeepalive)
    sample.isReused(age: 60_000, uses: 1000)
    #expect(sample.diagnosis.has(.requestsPerConnectionLimit))
    sample.isReused(age: 60_000, uses: 1001)
    #expect(!sample.diagnosis.has(.requestsPerConnectionLimit))
  }

  @Test("a reused connection that broke together with fresh ones is not decided")
  func staleOrCrash() throws {
    var sample = try Sample(.staleKeepalive)
    sample.isReused(age: 3900)
    sample.neighbours = [Sample.problem(.closedBeforeResponse)]
    let diagnosis = sample.diagnosis
    #expect(diagnosis.verdict.cause == "stale_keepalive")
    #expect(diagnosis.verdict.sure == .unknown)
    #expect(diagnosis.has(.applicationCrash, .possible))
    #expect(diagnosis.has(.idleTimeoutMismatch, .possible))
  }

  @Test("a neighbour of another endpoint, upstream or time says nothing")
  func strangers() throws {
    var sample = try Sample(.staleKeepalive)
    sample.isReused(age: 3900)
    var late = Sample.problem(.connectRefused)
    late.lastSeen = Sample.time - 30_000
    sample.neighbours = [
      Sample.problem(.connectRefused, endpoint: "http://127.0.0.1:3001"),
      Sample.problem(.connectRefused, upstream: "other"), late,
    ]
    #expect(sample.verdict.cause == "stale_keepalive")
    #expect(sample.verdict.sure == .likely)
  }

  @Test(
    "a connection that breaks where nobody accepts any more is a crash",
    arguments: [
      Cause.staleKeepalive, .closedBeforeResponse, .resetBeforeResponse, .writeFailed, .truncatedHeaders,
      .truncatedBody, .h2StreamReset,
    ])
  func crash(_ cause: Cause) throws {
    var sample = try Sample(cause)
    sample.neighbours = [Sample.problem(.connectRefused, since: 400)]
    let diagnosis = sample.diagnosis
    #expect(diagnosis.verdict.cause == "application_crash")
    #expect(diagnosis.verdict.who == "application")
    #expect(diagnosis.verdict.sure == .likely)
    #expect(diagnosis.verdict.sentence.contains("(\(cause.identifier))"))
    #expect(diagnosis.candidates[1].cause == cause.identifier)
    sample.neighbours = []
    #expect(sample.verdict.cause == cause.identifier)
    sample.own(Sample.condition(Sample.endpoint, success: 400, failure: 300, cause: .connectRefused, failures: 2))
    #expect(sample.verdict.cause == "application_crash")
  }

  @Test("attempts of one exchange tell it too: broken, then refused")
  func crashBetweenAttempts() throws {
    var sample = try closed()
    var second = sample.attempts[0]
    second.cause = "connect_refused"
    sample.attempts.append(second)
    sample.incident.record.cause = "connect_refused"
    #expect(sample.verdict.cause == "connect_refused")
    #expect(sample.diagnosis.has(.applicationCrash, .likely))
    var elsewhere = sample
    elsewhere.attempts[0].endpoint = "http://127.0.0.1:3001"
    #expect(!elsewhere.diagnosis.has(.applicationCrash))
    second.cause = nil
    second.endpoint = "http://127.0.0.1:3001"
    sample.attempts.append(second)
    sample.incident.kind = .absorbed
    sample.incident.record.cause = nil
    #expect(sample.verdict.cause == "application_crash")
    #expect(sample.verdict.sentence.hasPrefix("Saved: "))
    sample.attempts[1].endpoint = "http://127.0.0.1:3001"
    #expect(sample.verdict.cause == "closed_before_response")
  }

  @Test("the same right after a deploy is the deploy's doing")
  func deployRestart() throws {
    var sample = try closed()
    sample.neighbours = [Sample.problem(.connectRefused, since: 400)]
    sample.changes = [Change(kind: .deploy, time: Sample.time - 3000, text: "api v42", upstream: "api")]
    #expect(sample.verdict.cause == "deploy_restart")
    #expect(sample.verdict.who == "deploy")
    #expect(sample.verdict.sentence.contains("api v42"))
    sample.changes[0].upstream = "other"
    #expect(sample.verdict.cause == "application_crash")
    sample.changes[0] = Change(kind: .deploy, time: Sample.time - 300_000, text: "api v42")
    #expect(sample.verdict.cause == "application_crash")
    sample.changes[0].time = Sample.time + 1000
    #expect(sample.verdict.cause == "application_crash")
  }

  @Test("a fresh connection that is closed after work is the application's, with the time it took")
  func closedAfterWork() throws {
    var sample = try closed()
    sample.incident.record.totalMs = 30_004.1
    let diagnosis = sample.diagnosis
    #expect(diagnosis.verdict.who == "application")
    #expect(diagnosis.verdict.sentence.contains("after 30 s"))
    #expect(diagnosis.has(.workerTimeout, .possible))
    sample.incident.record.totalMs = 27_334
    #expect(!sample.diagnosis.has(.workerTimeout))
  }

  @Test("a reset from elsewhere may be a firewall's, one on this machine not")
  func firewall() throws {
    var sample = try closed(.resetBeforeResponse)
    #expect(!sample.diagnosis.has(.firewall))
    sample.isAt("http://10.0.0.5:3000", address: "10.0.0.5:3000")
    #expect(sample.diagnosis.has(.firewall, .possible))
    #expect(try Sample(.connectReset).verdict.who == "application")
    var reset = try Sample(.connectReset)
    reset.isAt("http://10.0.0.5:3000", address: "10.0.0.5:3000")
    #expect(reset.verdict.sure == .unknown)
    #expect(reset.diagnosis.has(.connectReset, .network))
    #expect(reset.diagnosis.has(.connectReset, .application))
  }

  @Test("a body cut by a reset, or together with others, looks like a crash")
  func truncatedByCrash() throws {
    var sample = try Sample(.truncatedBody)
    sample.incident.evidence?.declaredLength = 1024
    sample.incident.evidence?.receivedLength = 512
    sample.attempts[0].errno = "ECONNRESET"
    var diagnosis = sample.diagnosis
    #expect(diagnosis.verdict.sentence.contains("512 of 1024 bytes"))
    #expect(diagnosis.candidates[1].cause == "application_crash")
    sample.attempts[0].errno = nil
    sample.neighbours = [Sample.problem(.truncatedHeaders)]
    diagnosis = sample.diagnosis
    #expect(diagnosis.candidates[1].cause == "application_crash")
    #expect(diagnosis.checks.contains { $0.command?.hasPrefix("journalctl -k") == true })
  }

  @Test("a body that ends too soon in good order, at an endpoint that works, looks like a wrong length")
  func truncatedByBug() throws {
    var sample = try Sample(.truncatedBody)
    sample.incident.evidence?.declaredLength = 1024
    sample.incident.evidence?.receivedLength = 1000
    let diagnosis = sample.diagnosis
    #expect(diagnosis.candidates[1].cause == "response_bug")
    #expect(diagnosis.verdict.next.contains("Content-Length"))
    sample.own(Sample.condition(Sample.endpoint, success: 90_000, failures: 9))
    #expect(sample.diagnosis.candidates[1].cause == "application_crash")
  }

  @Test("a response that breaks a rule is a bug, with the rule in words", arguments: [Cause.invalidHeader, .badChunk])
  func malformed(_ cause: Cause) throws {
    var sample = try Sample(cause)
    sample.incident.record.rule = cause == .badChunk ? "chunk_size_syntax" : "field_name_syntax"
    let diagnosis = sample.diagnosis
    #expect(diagnosis.verdict.sure == .certain)
    #expect(diagnosis.has(.responseBug, .likely))
    #expect(diagnosis.candidates[0].evidence[0].hasPrefix("RFC 911"))
    sample.isAt("http://10.0.0.5:3000", address: "10.0.0.5:3000")
    #expect(sample.verdict.sure == .likely)
  }
}
