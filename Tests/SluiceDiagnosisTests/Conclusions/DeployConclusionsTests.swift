import SluiceCore
import SluiceIncidents
import Testing

@testable import SluiceDiagnosis

@Suite("What deploys explain")
struct DeployConclusionsTests {
  private static let time: Int64 = 1_700_000_600_000
  private static let deployTime = time - 300_000
  private static let deploy = Change(kind: .deploy, time: deployTime, text: "api v42", upstream: "api")

  private func test(
    _ outcome: ChangeTest.Outcome, _ change: Change = Self.deploy, _ measure: ChangeTest.Measure = .failures
  ) -> ChangeTest {
    var test = ChangeTest(
      change: change, measure: measure, outcome: outcome,
      before: .init(requests: 812, failures: 0, medianMs: 20, spanMs: 600_000),
      after: .init(requests: 300, failures: 96, medianMs: 45, spanMs: 290_000), test: "Fisher exact, one-sided",
      reason: "99.9 % by Fisher's exact test: 0 of 812 requests failed before, 96 of 300 since")
    test.confidence = 0.999
    test.lastFailureAt = Self.time
    return test
  }

  private func examination(_ changes: [Change], _ tests: [ChangeTest]) -> Examination {
    var examination = Examination(
      time: Self.time,
      target: ExaminationTarget(
        endpoint: "http://127.0.0.1:3000", upstream: "api", isTLS: false, host: "127.0.0.1", port: 3000,
        socketPath: nil, path: "/"))
    var deploys = DeploysSeen()
    deploys.changes = changes
    deploys.tests = tests
    examination.deploys = .value(deploys)
    return examination
  }

  @Test("failures that began with a deploy are its, with the test in the sentence")
  func regression() {
    let diagnosis = diagnose(examination([Self.deploy], [test(.began)]))
    #expect(diagnosis.verdict.cause == "deploy_regression" && diagnosis.verdict.who == "deploy")
    #expect(diagnosis.verdict.sure == .likely)
    #expect(
      diagnosis.verdict.sentence
        == "The failures began with the deploy \"api v42\": 99.9 % by Fisher's exact test: 0 of 812 requests failed "
        + "before, 96 of 300 since.")
  }

  @Test(
    "failures that began otherwise are never the deploy's",
    arguments: [ChangeTest.Outcome.beganBefore, .beganLater, .noDifference, .tooFew])
  func otherwise(_ outcome: ChangeTest.Outcome) {
    let examination = examination([Self.deploy], [test(outcome), test(outcome, Self.deploy, .latency)])
    #expect(DeployConclusions.conclusions(examination).isEmpty)
    let report = StepReport.of(.deploys, in: examination)
    #expect(report?.findings.first?.mark == (outcome == .tooFew ? .notRun : .fine))
    #expect(report?.findings.first?.text.contains("api v42") == true)
  }

  @Test("a change without a test explains nothing, and neither does what was not looked at")
  func unknown() {
    #expect(DeployConclusions.conclusions(examination([Self.deploy], [])).isEmpty)
    var blind = examination([Self.deploy], [test(.began)])
    blind.deploys = .notRun("The store cannot be read.")
    #expect(DeployConclusions.conclusions(blind).isEmpty)
    #expect(StepReport.of(.deploys, in: blind)?.mark == .notRun)
  }

  @Test("the mark names what was noticed as well; a process alone is only possible")
  func names() {
    let process = Change(kind: .process, time: Self.deployTime, text: "node 812", upstream: "api")
    let both = diagnose(examination([process, Self.deploy], [test(.began, process), test(.began)]))
    #expect(both.verdict.sentence.contains("the deploy \"api v42\""))
    let alone = diagnose(examination([process], [test(.began, process)]))
    #expect(alone.verdict.cause == "deploy_regression" && alone.verdict.sure == .possible)
  }

  @Test("a reload that began it is the configuration's")
  func configuration() {
    let reload = Change(kind: .reload, time: Self.deployTime, text: "generation 4")
    let endpoints = Change(kind: .endpoints, time: Self.deployTime, text: "added http://a", upstream: "api")
    let diagnosis = diagnose(examination([endpoints, reload], [test(.began, endpoints), test(.began, reload)]))
    #expect(diagnosis.verdict.cause == "configuration_change")
    #expect(diagnosis.verdict.sentence.contains("changed endpoints (added http://a)"))
  }

  @Test("failures of a moment are the restart's")
  func restart() {
    var over = test(.began)
    over.lastFailureAt = Self.time - 200_000
    over.requestsSinceFailure = 200
    let diagnosis = diagnose(examination([Self.deploy], [over]))
    #expect(diagnosis.verdict.cause == "deploy_restart" && diagnosis.verdict.sure == .possible)
  }

  @Test("longer times are told apart from failures")
  func slower() {
    let diagnosis = diagnose(examination([Self.deploy], [test(.noDifference), test(.began, Self.deploy, .latency)]))
    #expect(diagnosis.verdict.cause == "deploy_slower")
    let marks = StepReport.of(.deploys, in: examination([Self.deploy], [test(.began, Self.deploy, .latency)]))
    #expect(marks?.mark == .warning)
  }

  // MARK: What a deploy changed beside

  private func listeners(port: Int, program: String = "/srv/app", startedAt: Int64 = deployTime + 2_000)
    -> ListenersSeen
  {
    var seen = ListenersSeen()
    var socket = ListeningSocketSeen(address: "127.0.0.1:\(port)")
    socket.process = 900
    seen.elsewhere = [socket]
    var process = ProcessSeen(process: 900, name: "app", command: "app", state: .sleeping)
    process.startedAt = startedAt
    process.program = program
    seen.processes = [process]
    var before = ProcessSighting(
      process: 800, name: "app", command: "app", firstSeen: Self.deployTime - 900_000,
      lastSeen: Self.deployTime - 1_000)
    before.addresses = ["127.0.0.1:3000"]
    before.program = "/srv/app"
    seen.history = [before]
    return seen
  }

  @Test("another port since the deploy")
  func port() {
    var seen = examination([Self.deploy], [])
    seen.listeners = .value(listeners(port: 3001))
    let diagnosis = diagnose(seen)
    #expect(diagnosis.verdict.cause == "deploy_changed_port" && diagnosis.verdict.sure == .certain)
    #expect(diagnosis.verdict.sentence.contains("127.0.0.1:3001") && diagnosis.verdict.sentence.contains("3000"))
    seen.listeners = .value(listeners(port: 3001, program: "/srv/other"))
    #expect(diagnose(seen).verdict.sure == .likely)
    seen.listeners = .value(listeners(port: 3001, startedAt: Self.deployTime - 200_000))
    #expect(!DeployConclusions.conclusions(seen).contains { $0.explanation.name == "deploy_changed_port" })
  }

  @Test("a version that ends as it starts")
  func crash() throws {
    var seen = examination([Self.deploy], [])
    var listeners = listeners(port: 3001)
    listeners.elsewhere = []
    listeners.processes = []
    listeners.history[0].lastSeen = Self.deployTime
    var crashed = ProcessSighting(
      process: 901, name: "app", command: "app", firstSeen: Self.deployTime + 1_000, lastSeen: Self.deployTime + 2_000)
    crashed.startedAt = Self.deployTime + 1_000
    crashed.endedAt = Self.deployTime + 2_500
    crashed.exitStatus = 1
    listeners.history.insert(crashed, at: 0)
    seen.listeners = .value(listeners)
    let exited = diagnose(seen)
    #expect(exited.verdict.cause == "deploy_crash" && exited.verdict.sure == .certain)
    #expect(exited.verdict.sentence.contains("exit status 1"))
    var log = ApplicationLogSeen(source: "app.log", moment: Self.time)
    var note = ApplicationLogNote(kind: .panic, text: "panic: no DATABASE_URL")
    note.time = Self.deployTime + 2_000
    log.notes = [note]
    seen.applicationLog = .value(log)
    let certain = diagnose(seen)
    #expect(certain.verdict.sure == .certain && certain.verdict.sentence.contains("panic: no DATABASE_URL"))
    // Nobody knows that it ever ran.
    listeners.history.removeLast()
    seen.listeners = .value(listeners)
    #expect(DeployConclusions.conclusions(seen).first?.explanation.sure == .likely)
    // It listens: whatever ended has no say.
    listeners.here = [ListeningSocketSeen(address: "127.0.0.1:3000")]
    seen.listeners = .value(listeners)
    #expect(DeployConclusions.conclusions(seen).isEmpty)
  }

  @Test("what ended before the deploy, or by somebody's hand, is not its doing", arguments: [true, false])
  func noCrash(isBefore: Bool) {
    var seen = examination([Self.deploy], [])
    var listeners = listeners(port: 3001)
    listeners.elsewhere = []
    listeners.processes = []
    var gone = ProcessSighting(
      process: 901, name: "app", command: "app", firstSeen: Self.deployTime - 38_000, lastSeen: Self.deployTime - 25_000
    )
    gone.startedAt = isBefore ? Self.deployTime - 38_000 : Self.deployTime + 1_000
    gone.endedAt = isBefore ? Self.deployTime - 25_000 : Self.deployTime + 2_000
    gone.signal = 9
    listeners.history = [gone]
    seen.listeners = .value(listeners)
    let verdict = diagnose(seen).verdict
    #expect(verdict.cause == "process_killed" && verdict.who == "machine")
    #expect(!DeployConclusions.conclusions(seen).contains { $0.explanation.name == "deploy_crash" })
  }

  @Test("a certificate that is new and refused")
  func certificate() {
    let change = Change(
      kind: .certificate, time: Self.deployTime, text: "http://127.0.0.1:3000 shows another certificate, CN=b",
      upstream: "api")
    var seen = examination([change], [test(.began, change)])
    var handshake = HandshakeSeen(tls: TLSEvidence())
    handshake.cause = Cause.tlsNameMismatch.identifier
    seen.handshake = .value(handshake)
    #expect(diagnose(seen).verdict.cause == "deploy_changed_certificate")
    #expect(diagnose(seen).verdict.sure == .certain)
    handshake.cause = nil
    seen.handshake = .value(handshake)
    #expect(!DeployConclusions.conclusions(seen).contains { $0.explanation.sure == .certain })
  }

  @Test("another protocol since the deploy")
  func otherProtocol() {
    var seen = examination([Self.deploy], [test(.began)])
    var asked = ResponseSeen(question: .configured, address: "127.0.0.1:3000", method: "GET", path: "/")
    asked.cause = Cause.notHttp.identifier
    var other = ResponseSeen(question: .otherScheme, address: "127.0.0.1:3000", method: "GET", path: "/")
    other.status = 200
    seen.responses = .value([asked, other])
    #expect(diagnose(seen).verdict.cause == "deploy_changed_protocol")
    #expect(diagnose(seen).verdict.sure == .certain)
  }

  @Test("texts that want to do harm do none")
  func harm() {
    var change = Self.deploy
    change.text = "\u{1B}[2J\u{202E}" + String(repeating: "é\u{1B}", count: 4_000)
    let seen = examination([change], [test(.began, change)])
    let texts = (StepReport.of(.deploys, in: seen)?.findings.map(\.text) ?? []) + [diagnose(seen).verdict.sentence]
    for text in texts {
      #expect(text.count <= 2 * Shown.sentenceMax + 1)
      #expect(text.unicodeScalars.allSatisfy(Shown.isPlain))
    }
  }
}
