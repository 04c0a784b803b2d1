internal import Testing

@testable internal import SluiceCore

/// Rows of events that a driver could say, drawn at random and judged by the independent checker.
@Suite struct RandomExchangeTests {
  @Test func possibleEventsNeverBreakAPromise() {
    // One row for each kind of violation is told, so that the first does not hide the others.
    var rows: [String: UInt64] = [:]
    for seed in 0..<UInt64(20_000) {
      var run = RandomExchange(seed: seed)
      run.runPossible()
      if let first = run.checker.violations.first, rows[first] == nil { rows[first] = seed }
    }
    for (violation, seed) in rows.sorted(by: { $0.value < $1.value }).prefix(20) {
      var again = RandomExchange(seed: seed, keepsTrace: true)
      again.runPossible()
      Issue.record("seed \(seed): \(violation)\n\(again.trace.joined(separator: "\n"))")
    }
  }

  /// What a release does: an event that cannot be ends its exchange, and keeps every promise on the way.
  @Test func anyEventAtAllEndsOnlyItsExchange() {
    Exchange.$trapsOnImpossible.withValue(false) {
      for seed in 0..<UInt64(10_000) {
        var run = RandomExchange(seed: seed)
        run.runAny()
        #expect(run.checker.violations.isEmpty, "seed \(seed)")
      }
    }
  }

  /// Otherwise a generator that always ends early would make the test above worthless.
  @Test func theGeneratorReachesEveryEnd() {
    var seen: Set<String> = []
    for seed in 0..<UInt64(3_000) {
      var run = RandomExchange(seed: seed)
      run.runPossible()
      if run.checker.isTunnel { seen.insert("tunnel") }
      if run.checker.finishedResponse { seen.insert("response") }
      if run.exchange.isAborted { seen.insert("abort") }
      if run.exchange.isGenerated { seen.insert("generated") }
      if run.exchange.attempts > 1 { seen.insert("replay") }
      if run.exchange.notRetriedBecause == .noOtherEndpoint { seen.insert("noOtherEndpoint") }
    }
    #expect(seen == ["tunnel", "response", "abort", "generated", "replay", "noOtherEndpoint"])
  }
}
