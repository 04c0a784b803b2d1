internal import SluiceCore
internal import SluiceIncidents

/// Whether a change explains a failure better than the cause alone: it began with one that could have made it.
enum ChangeRule {
  static func judged(_ judgement: Judgement, _ facts: Facts) -> Judgement {
    var judged = judgement
    if let deploy = facts.latestDeploy, mayBeOfApplication(judgement.verdict.who) {
      apply(root(ofDeploy: deploy, facts), of: deploy, to: &judged, facts)
    }
    if let reload = facts.latestReload, isOfConfiguration(judgement, facts) {
      apply(.configurationChange, of: reload, to: &judged, facts)
    }
    if let refusal = facts.latestRefusal, judgement.verdict.who == .configuration {
      judged.others.append(.root(.configurationChange, .possible, [facts.shown(refusal)]))
    }
    return judged
  }

  /// A conclusion where the failures are known to have begun with the change, a candidate where that is not known, and
  /// nothing where they began before.
  private static func apply(_ root: RootCause, of change: Change, to judged: inout Judgement, _ facts: Facts) {
    guard judged.verdict.name != root.identifier, judged.verdict.name != RootCause.deployRestart.identifier else {
      return
    }
    let began = facts.began(after: change)
    if began == false { return }
    guard facts.followed(change) else {
      let doubt = began == nil ? "Whether the failures began before it is not known." : "They began minutes after it."
      judged.others.append(.root(root, .possible, [facts.shown(change), doubt]))
      return
    }
    // What breaks after a process was replaced may be the next crash as well as a restart that was meant.
    guard root != .deployRestart || change.kind != .process else {
      let doubt = "Whether that was a deploy or a crash is not known."
      judged.others.append(.root(root, .possible, [facts.shown(change), doubt]))
      return
    }
    judged.others.insert(judged.verdict, at: 0)
    judged.verdict = .root(root, .likely, [facts.shown(change), "The failures began within two minutes after it."])
    judged.checks.append(.deploys)
    let text = Shown.text(change.text, limit: 40)
    judged.sentence = "It began with \(name(change)) (\(text)): " + judged.sentence
    judged.next = advice(change, otherwise: judged.next)
  }

  private static func name(_ change: Change) -> String {
    switch change.kind {
    case .reload, .reloadRefused, .start: "the reload"
    case .endpoints: "a reload that changed endpoints"
    case .certificate: "a new certificate"
    case .process: "another process"
    case .addresses: "other addresses of the name"
    case .version: "another version"
    case .deploy, .drain: "the deploy"
    }
  }

  /// Nobody has said that another process or version was a deploy; it may have been a crash.
  private static func advice(_ change: Change, otherwise next: String) -> String {
    switch change.kind {
    case .reload, .reloadRefused, .start, .endpoints: "Compare the configuration with the one before."
    case .addresses: "See whether the name's record is the one that was meant. " + next
    case .process, .version: "If it was a deploy, roll it back. " + next
    case .deploy, .drain, .certificate: "Roll back the deploy. " + next
    }
  }

  /// Connections that break within a minute of a deploy are cut by its restart; what goes on is the new version's.
  private static func root(ofDeploy deploy: Change, _ facts: Facts) -> RootCause {
    guard let cause = facts.cause, restarts.contains(cause), let time = facts.time else { return .deployRegression }
    return time - deploy.time <= Facts.consequenceTime / 2 ? .deployRestart : .deployRegression
  }

  private static let restarts: Set<Cause> = [
    .connectRefused, .connectReset, .unixSocketMissing, .staleKeepalive, .closedBeforeResponse, .resetBeforeResponse,
    .writeFailed, .truncatedHeaders, .truncatedBody, .h2GoawayUnprocessed, .h2StreamReset,
  ]

  private static func mayBeOfApplication(_ who: Owner) -> Bool {
    switch who {
    case .application, .dependency, .deploy, .configuration, .unknown: true
    case .client, .gateway, .network, .machine: false
    }
  }

  private static func isOfConfiguration(_ judgement: Judgement, _ facts: Facts) -> Bool {
    if judgement.verdict.who == .configuration { return true }
    return facts.cause.map(reachable.contains) == true
  }

  /// What a changed endpoint, name or limit brings about.
  private static let reachable: Set<Cause> = [
    .connectRefused, .connectTimeout, .hostUnreachable, .netUnreachable, .dnsNxdomain, .dnsNoAddress, .dnsServfail,
    .dnsRefused, .dnsTimeout, .poolQueueFull, .poolQueueTimeout, .responseHeaderTimeout, .requestDeadline,
    .headerSectionTooLarge, .headerTooLarge,
  ]
}
