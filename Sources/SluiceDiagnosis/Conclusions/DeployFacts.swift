internal import SluiceIncidents

/// An examination, as the questions that rules about deploys ask.
struct DeployFacts {
  /// Milliseconds between a mark and the restart that it stands for, in either order.
  static let markTime: Int64 = 60_000
  /// Milliseconds without a failure after which failures are over.
  static let quietTime: Int64 = 60_000

  let examination: Examination
  private let deploys: DeploysSeen

  /// nil where it was not looked for deploys.
  init?(_ examination: Examination) {
    guard let deploys = examination.deploys?.value else { return nil }
    self.examination = examination
    self.deploys = deploys
  }

  /// The latest first.
  var changes: [Change] { deploys.changes }

  /// Whether a change can have made the application another one.
  func isOfApplication(_ change: Change) -> Bool {
    switch change.kind {
    case .deploy, .version, .process, .certificate: true
    case .start, .reload, .reloadRefused, .drain, .endpoints, .addresses: false
    }
  }

  func test(_ measure: ChangeTest.Measure, of change: Change) -> ChangeTest? {
    deploys.tests.first { $0.measure == measure && $0.change == change }
  }

  var slowness: ChangeTest? { blamed(.latency) }

  /// The change with which it began. One deploy is often seen several ways: a mark says best what it was, then what
  /// changed by it. The start of the gateway itself is nobody's deploy.
  func blamed(_ measure: ChangeTest.Measure) -> ChangeTest? {
    let order: [Change.Kind] = [.deploy, .version, .endpoints, .certificate, .addresses, .reload, .drain, .process]
    let began = deploys.tests.filter { $0.measure == measure && $0.outcome == .began }
    return order.compactMap { kind in began.first { $0.change.kind == kind } }.first
  }

  func isOver(_ test: ChangeTest) -> Bool {
    guard let last = test.lastFailureAt, test.requestsSinceFailure >= FailureTest.requestsMin else { return false }
    return examination.time - last >= Self.quietTime
  }

  /// Another process alone may be the restart after a crash.
  func sureness(of change: Change) -> Sureness {
    guard change.kind == .process else { return .likely }
    return deploys.differences.contains { $0.kind == .program || $0.kind == .version } ? .likely : .possible
  }

  func root(of change: Change, otherwise root: RootCause) -> RootCause {
    switch change.kind {
    case .deploy, .version, .process: root
    case .certificate: root == .deployRegression ? .deployChangedCertificate : root
    case .addresses: root == .deployRegression ? .nameMoved : root
    case .start, .reload, .reloadRefused, .drain, .endpoints: .configurationChange
    }
  }

  /// The deploy that a process was started by, going by the times; the mark before what was noticed.
  func deploy(around started: Int64) -> Change? {
    let kinds: [Change.Kind] = [.deploy, .version, .process]
    let near = changes.filter { abs($0.time - started) <= Self.markTime }
    return kinds.compactMap { kind in near.first { $0.kind == kind } }.first
  }
}
