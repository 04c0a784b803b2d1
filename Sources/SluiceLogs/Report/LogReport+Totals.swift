internal import SluiceCore

extension LogReport {
  /// Requests that failed for their client, and not by it.
  public var failed: Int {
    let told = causes.reduce(0) { $0 + $1.failed }
    return chosen.isEmpty ? told : told + beside.failed
  }

  /// Where only some causes are wanted: failures of the problems that are shown for what they go back to, or for
  /// another of their causes. `causes` has none of them.
  var beside: (failed: Int, saved: Int) {
    let listed = Set(causes.map(\.cause))
    return problems.reduce((0, 0)) { sum, problem in
      let rest = problem.causes.filter { !listed.contains($0.cause) && Cause(identifier: $0.cause)?.owner != .client }
      let count = rest.reduce(0) { $0 + $1.count }
      // Which of its causes were saved, a problem does not tell: those that are not listed come first.
      let saved = min(problem.saved, count)
      return (sum.0 + count - saved, sum.1 + saved)
    }
  }

  /// What a number of saved requests means.
  static func remark(saved: Int) -> String {
    let failed = saved == 1 ? "1 request" : "\(Numbers.plain(saved)) requests"
    return
      "\(failed) failed at one endpoint and got an answer from another: no client noticed, and what failed is still "
      + "there."
  }

  public var hasFailures: Bool { !problems.isEmpty || failed > 0 }
}
