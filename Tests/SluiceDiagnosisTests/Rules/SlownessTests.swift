import SluiceCore
import SluiceDiagnosis
import SluiceIncidents
import Testing

@Suite("Slow and overloaded upstreams are told apart")
struct SlownessTests {
  private static let other = "http://127.0.0.1:3001"

  private func loaded(_ cause: Cause) throws -> Sample {
    var sample = try Sample(cause)
    sample.incident.evidence?.load = UpstreamLoad(
      requests: 100, requestsMax: 100, queued: 40, queueMax: 50, connections: 100, connectionsMax: 1024)
    return sample
  }

  @Test("no head in time: one slow request, a hung process, or overload")
  func noHead() throws {
    var sample = try Sample(.responseHeaderTimeout)
    #expect(sample.diagnosis.candidates[1].cause == "slow_application")
    #expect(sample.verdict.sentence.contains("within 60 s"))
    #expect(!sample.diagnosis.has(.overload))
    sample.own(Sample.condition(Sample.endpoint, success: 300_000, failures: 7))
    #expect(sample.diagnosis.has(.applicationHung, .likely))
    let overloaded = try loaded(.responseHeaderTimeout).diagnosis
    #expect(overloaded.has(.overload, .likely))
    #expect(overloaded.verdict.sentence.contains("100 of 100 requests"))
    #expect(overloaded.verdict.who == "application")
  }

  @Test("all endpoints without much load: perhaps what they share")
  func shared() throws {
    var sample = try Sample(.responseHeaderTimeout)
    sample.own(
      Sample.condition(Sample.endpoint, success: 70_000, failures: 2),
      Sample.condition(Self.other, success: 70_000, failure: 900, cause: .responseHeaderTimeout, failures: 3))
    #expect(sample.diagnosis.has(.slowDependency, .possible))
    #expect(sample.verdict.sentence.contains("without much load"))
  }

  @Test("a whole time that is no longer than the wait for a head is the configuration's")
  func ladder() throws {
    var sample = try Sample(.requestDeadline)
    #expect(!sample.diagnosis.has(.timeoutLadder))
    sample.incident.evidence?.timeouts?.request = 60_000
    #expect(sample.diagnosis.has(.timeoutLadder))
    #expect(sample.verdict.next.contains("timeouts.request"))
    sample.attempts.append(sample.attempts[0])
    #expect(sample.verdict.sentence.contains("in 2 attempts"))
  }

  @Test("a full queue: too many requests, or a slow application")
  func queue() throws {
    var sample = try loaded(.poolQueueFull)
    #expect(sample.verdict.sure == .possible)
    #expect(sample.diagnosis.has(.overload, .possible))
    #expect(sample.verdict.sentence.contains("100 of 100 requests under way, 40 waiting"))
    #expect(!sample.diagnosis.has(.limitTooLow))
    sample.neighbours = [Sample.problem(.responseHeaderTimeout)]
    #expect(sample.verdict.sure == .likely)
    #expect(sample.diagnosis.candidates[1].cause == "slow_application")
    sample.incident.evidence?.load?.requestsMax = 4
    #expect(sample.diagnosis.has(.limitTooLow))
  }

  @Test("a client that left after a round time gave up")
  func client() throws {
    var sample = try Sample(.clientAborted)
    sample.incident.record.totalMs = 5003
    #expect(sample.diagnosis.has(.clientTimeout))
    sample.incident.record.totalMs = 4321
    #expect(!sample.diagnosis.has(.clientTimeout))
  }

  @Test("the application's own answer is certainly its own", arguments: [500, 502, 503, 504] as [UInt16])
  func ownAnswer(_ status: UInt16) throws {
    var sample = try Sample(.upstreamStatus)
    sample.incident.record.status = status
    sample.attempts[0].status = status
    sample.attempts[0].cause = nil
    let diagnosis = sample.diagnosis
    #expect(diagnosis.verdict.sure == .certain)
    #expect(diagnosis.verdict.who == "application")
    #expect(diagnosis.verdict.sentence.contains("\(status)"))
    #expect(diagnosis.has(.dependencyFailed) == (status == 502 || status == 504))
    #expect(diagnosis.has(.overload) == (status == 503))
    sample.incident.record.cause = nil
    #expect(sample.verdict.cause == "upstream_status")
  }

  @Test("what was saved is told, with what failed")
  func absorbed() throws {
    let sample = try Surroundings.absorbed.sample(.connectRefused)
    #expect(sample.verdict.cause == "connect_refused")
    #expect(sample.verdict.sentence.hasPrefix("Saved: the client got its 200 from attempt 2. The application at"))
  }
}
