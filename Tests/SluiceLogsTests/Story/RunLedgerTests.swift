import SluiceCore
import Testing

@testable import SluiceLogs

@Suite("Runs of failures")
struct RunLedgerTests {
  private func failure(_ cause: Cause, at seconds: Double, endpoint: String) -> FailedRequest {
    FailedRequest(Made.error(cause, at: seconds, endpoint: endpoint))
  }

  @Test("one run for each cause and place, until a gap")
  func keys() {
    var ledger = RunLedger()
    ledger.add(failure(.connectRefused, at: 0, endpoint: "a:1"))
    ledger.add(failure(.connectRefused, at: 10, endpoint: "a:1"))
    ledger.add(failure(.connectTimeout, at: 10, endpoint: "a:1"))
    ledger.add(failure(.connectRefused, at: 10, endpoint: "b:1"))
    ledger.add(failure(.connectRefused, at: 311, endpoint: "a:1"))
    #expect(ledger.runs.map(\.count) == [2, 1, 1, 1])
  }

  @Test("beyond the bound failures are counted without their place, and none is lost")
  func bound() {
    var ledger = RunLedger()
    for index in 0..<(RunLedger.runsMax + 500) {
      ledger.add(failure(.connectRefused, at: Double(index), endpoint: "10.0.0.1:\(index)"))
    }
    #expect(ledger.runs.count <= RunLedger.runsMax + 1)
    #expect(ledger.runs.reduce(0) { $0 + $1.count } == RunLedger.runsMax + 500)
    #expect(ledger.beyond == 500)
  }

  @Test("a run knows its fullest second")
  func peak() {
    var ledger = RunLedger()
    for moment in [1.0, 1.2, 1.9, 2.0, 5] { ledger.add(failure(.connectRefused, at: moment, endpoint: "a:1")) }
    #expect(ledger.runs.first?.peak == 3)
  }
}
