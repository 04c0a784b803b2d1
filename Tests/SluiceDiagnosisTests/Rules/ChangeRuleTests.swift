import SluiceCore
import SluiceDiagnosis
import SluiceIncidents
import Testing

@Suite("Changes just before a failure")
struct ChangeRuleTests {
  private static let deploy = Change(kind: .deploy, time: Sample.time - 50_000, text: "api v42", upstream: "api")
  private static let reload = Change(kind: .reload, time: Sample.time - 50_000, text: "generation 4")

  /// The incident's own problem, as old as told.
  private func sample(_ cause: Cause, began: Int64?, _ change: Change) throws -> Sample {
    var sample = try Sample(cause)
    sample.changes = [change]
    if let began { sample.neighbours = [Sample.problem(cause, since: began)] }
    return sample
  }

  @Test(
    "failures that begin right after a deploy are the deploy's",
    arguments: [Cause.upstreamStatus, .invalidHeader, .responseHeaderTimeout])
  func regression(_ cause: Cause) throws {
    let diagnosis = try sample(cause, began: 40_000, Self.deploy).diagnosis
    #expect(diagnosis.verdict.cause == "deploy_regression")
    #expect(diagnosis.verdict.who == "deploy")
    #expect(diagnosis.verdict.sure == .likely)
    #expect(diagnosis.verdict.sentence.hasPrefix("It began with the deploy (api v42): "))
    #expect(diagnosis.verdict.sentence.contains("(\(cause.identifier))"))
    #expect(diagnosis.candidates[1].cause == cause.identifier)
    #expect(diagnosis.verdict.next.hasPrefix("Roll back the deploy. "))
    #expect(diagnosis.checks.contains { $0.command?.hasPrefix("journalctl _PID=1") == true })
  }

  @Test("failures that began before are not")
  func before() throws {
    let diagnosis = try sample(.upstreamStatus, began: 60_000, Self.deploy).diagnosis
    #expect(diagnosis.verdict.cause == "upstream_status")
    #expect(!diagnosis.has(.deployRegression))
  }

  @Test("where the beginning is not known, or came minutes later, the deploy is a candidate")
  func doubtful() throws {
    let unknown = try sample(.upstreamStatus, began: nil, Self.deploy).diagnosis
    #expect(unknown.verdict.cause == "upstream_status")
    #expect(unknown.has(.deployRegression, .possible))
    var early = Self.deploy
    early.time = Sample.time - 400_000
    let late = try sample(.upstreamStatus, began: 40_000, early).diagnosis
    #expect(late.verdict.cause == "upstream_status")
    #expect(late.has(.deployRegression, .possible))
  }

  @Test("the endpoint's last success tells the beginning where the problem does not")
  func lastSuccess() throws {
    var sample = try sample(.responseHeaderTimeout, began: nil, Self.deploy)
    sample.own(Sample.condition(Sample.endpoint, success: 51_000, failures: 5))
    #expect(sample.verdict.cause == "deploy_regression")
    sample.own(Sample.condition(Sample.endpoint, success: 20_000, failures: 5))
    #expect(sample.verdict.cause == "response_header_timeout")
  }

  @Test("connections that break within a minute of a deploy are its restart")
  func restart() throws {
    #expect(try sample(.closedBeforeResponse, began: 40_000, Self.deploy).verdict.cause == "deploy_restart")
    var early = Self.deploy
    early.time = Sample.time - 100_000
    #expect(try sample(.closedBeforeResponse, began: 90_000, early).verdict.cause == "deploy_regression")
  }

  @Test(
    "what a deploy cannot have done stays as it is",
    arguments: [Cause.localFdsOrMemory, .proxyBug, .rateLimited, .dnsTimeout])
  func unrelated(_ cause: Cause) throws {
    let diagnosis = try sample(cause, began: 40_000, Self.deploy).diagnosis
    #expect(diagnosis.verdict.cause == cause.identifier)
    #expect(!diagnosis.has(.deployRegression))
  }

  @Test(
    "another process or version counts as a deploy that nobody marked", arguments: [Change.Kind.process, .version])
  func noticed(_ kind: Change.Kind) throws {
    let change = Change(kind: kind, time: Sample.time - 50_000, text: "node 812", upstream: "api")
    let diagnosis = try sample(.upstreamStatus, began: 40_000, change).diagnosis
    #expect(diagnosis.verdict.cause == "deploy_regression")
    #expect(diagnosis.verdict.sentence.hasPrefix("It began with another \(kind.rawValue) (node 812): "))
    #expect(diagnosis.verdict.next.hasPrefix("If it was a deploy, roll it back. "))
    #expect(try sample(.upstreamStatus, began: 60_000, change).verdict.cause == "upstream_status")
  }

  @Test("what breaks after another process came may be the next crash")
  func processOrCrash() throws {
    let change = Change(kind: .process, time: Sample.time - 50_000, text: "node 812", upstream: "api")
    let diagnosis = try sample(.closedBeforeResponse, began: 40_000, change).diagnosis
    #expect(diagnosis.verdict.cause == "closed_before_response")
    #expect(diagnosis.has(.deployRestart, .possible))
  }

  @Test("the mark names a deploy that was noticed as well, unless it came after the failures")
  func markedAndNoticed() throws {
    let process = Change(kind: .process, time: Sample.time - 50_000, text: "node 812", upstream: "api")
    var mark = Self.deploy
    for (marked, name) in [(45_000, "the deploy (api v42)"), (10_000, "another process (node 812)")] {
      mark.time = Sample.time - Int64(marked)
      var sample = try sample(.upstreamStatus, began: 40_000, process)
      sample.changes.append(mark)
      #expect(sample.diagnosis.verdict.sentence.hasPrefix("It began with \(name): "))
    }
  }

  @Test("changed endpoints are the configuration's")
  func endpoints() throws {
    let change = Change(kind: .endpoints, time: Sample.time - 50_000, text: "api: 1 added", upstream: "api")
    let diagnosis = try sample(.connectRefused, began: 40_000, change).diagnosis
    #expect(diagnosis.verdict.cause == "configuration_change")
    #expect(diagnosis.verdict.sentence.hasPrefix("It began with a reload that changed endpoints (api: 1 added): "))
    #expect(diagnosis.verdict.next == "Compare the configuration with the one before.")
  }

  @Test("a reload explains what a configuration can cause")
  func reload() throws {
    let diagnosis = try sample(.connectRefused, began: 40_000, Self.reload).diagnosis
    #expect(diagnosis.verdict.cause == "configuration_change")
    #expect(diagnosis.verdict.who == "configuration")
    #expect(try sample(.invalidHeader, began: 40_000, Self.reload).verdict.cause == "invalid_header")
    #expect(try sample(.connectRefused, began: 60_000, Self.reload).verdict.cause == "connect_refused")
  }

  @Test("a start explains nothing, and a refused reload is told")
  func others() throws {
    var change = Self.reload
    change.kind = .start
    #expect(try sample(.connectRefused, began: 40_000, change).verdict.cause == "connect_refused")
    change.kind = .reloadRefused
    let diagnosis = try sample(.unixSocketPermission, began: 40_000, change).diagnosis
    #expect(diagnosis.verdict.cause == "unix_socket_permission")
    #expect(diagnosis.has(.configurationChange, .possible))
  }

  @Test("the evidence's own changes count as those of the store do, once")
  func evidence() throws {
    var sample = try sample(.upstreamStatus, began: 40_000, Self.deploy)
    sample.incident.evidence?.changes = sample.changes
    #expect(sample.diagnosis.candidates.filter { $0.cause == "deploy_regression" }.count == 1)
    sample.changes = []
    #expect(sample.verdict.cause == "deploy_regression")
  }
}
