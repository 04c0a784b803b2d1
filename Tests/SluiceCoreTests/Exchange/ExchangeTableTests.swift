internal import Testing

@testable internal import SluiceCore

/// Every pair of stage and event: effects and the resulting state.
///
/// Possible pairs run as in a debug build, so that one which traps ends the run. Impossible pairs run with the trap
/// switched off for this task only, which is what a release does; that the trap is on otherwise is a test of its own.
@Suite struct ExchangeTableTests {
  @Test(arguments: ExchangeStages.all.map(\.name))
  func everyEventHasItsWrittenAnswer(in stage: String) throws {
    let row = try #require(ExchangeTable.rows[stage])
    let start = ExchangeStages.start
    #expect(ExchangeDescription.state(ExchangeStages.machine(at: stage), since: start) == row.state)
    for (name, event) in ExchangeStages.events {
      guard let expected = row.lines[name] else { continue }
      var exchange = ExchangeStages.machine(at: stage)
      let effects = exchange.handle(event, at: ExchangeStages.instant(of: name, in: exchange))
      let found = ExchangeDescription.line(effects, exchange, since: start)
      #expect(found == expected, "\(name) in \(stage)")
    }
  }

  @Test(arguments: ExchangeStages.all.map(\.name))
  func anImpossibleEventEndsOnlyTheExchange(in stage: String) throws {
    let row = try #require(ExchangeTable.rows[stage])
    let bug = try #require(row.lines["bugFound"])
    for (name, event) in ExchangeStages.events where row.lines[name] == nil {
      var exchange = ExchangeStages.machine(at: stage)
      let effects = Exchange.$trapsOnImpossible.withValue(false) { exchange.handle(event, at: ExchangeStages.start) }
      let found = ExchangeDescription.line(effects, exchange, since: ExchangeStages.start)
      #expect(found == bug, "\(name) in \(stage)")
    }
  }

  @Test func theTableNamesNothingThatDoesNotExist() {
    #expect(Set(ExchangeTable.rows.keys) == Set(ExchangeStages.all.map(\.name)))
    let known = Set(ExchangeStages.events.map(\.name))
    for row in ExchangeTable.rows.values { #expect(known.isSuperset(of: row.lines.keys)) }
  }

  #if DEBUG
    @Test func anImpossibleEventTrapsInDebugBuilds() async {
      await #expect(processExitsWith: .failure) {
        var exchange = Exchange()
        _ = exchange.handle(.responseEnded, at: Instant(nanoseconds: 0))
      }
      await #expect(processExitsWith: .failure) {
        var exchange = ExchangeStages.machine(at: "finished")
        _ = exchange.handle(.leased(LeaseFacts(uses: 0)), at: Instant(nanoseconds: 0))
      }
    }
  #endif
}
