internal import SluiceCore
internal import SluiceDiagnosis

/// A change shortly before the first failure: an explanation to consider, and never more than that.
enum ChangePattern {
  /// Milliseconds between a change and the failures that it may have brought: 2 minutes.
  static let within: Int64 = 120_000

  static func candidate(_ facts: ProblemFacts) -> Candidate? {
    if let seen = facts.event(.proxyReloaded, .proxyStarted, .proxyCrashed, within: within) {
      return Candidate(
        .configurationChange, .possible, facts.told(seen, "\(facts.title) \(words(seen.event.kind))"), facts.before)
    }
    if let seen = facts.machineEvent, let told = seen.event.detail, memory.contains(where: told.holds) {
      return Candidate(.outOfMemoryKilled, .possible, facts.told(seen, "another log told"), facts.before)
    }
    if let seen = facts.event(.changed, within: within) {
      return Candidate(.deployRegression, .possible, facts.told(seen, "something changed"), facts.before)
    }
    return nil
  }

  /// What systemd and the kernel write of a process that was ended for its memory.
  private static let memory = ["OOM killer", "oom-kill", "ut of memory"]

  static func words(_ kind: LogEvent.Kind) -> String {
    switch kind {
    case .endpointDown: "left an endpoint out"
    case .endpointUp: "took an endpoint back"
    case .checkFailed: "saw a check fail"
    case .noEndpointLeft: "had no endpoint left"
    case .retried: "tried again"
    case .proxyStarted: "started"
    case .proxyReloaded: "read its configuration again"
    case .proxyStopping: "was stopped"
    case .proxyCrashed: "lost a process that nobody had stopped"
    case .limitReached: "reached a limit of its own"
    case .changed: "saw a change"
    }
  }
}
