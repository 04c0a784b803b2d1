import SluiceCore
import Testing

@testable import SluiceGateway

@Suite struct LineBudgetTests {
  @Test func whatIsHeldBackIsCountedAndToldWithTheNextLine() {
    var budget = LineBudget()
    let start = Instant(nanoseconds: 1)
    let first = (0..<100).map { _ in budget.take(at: start) }
    #expect(first == Array(repeating: 0, count: LineBudget.linesPerSecondMax) + Array(repeating: nil, count: 95))
    #expect(budget.take(at: start + .milliseconds(999)) == nil)
    #expect(budget.take(at: start + .seconds(1)) == 96)
    #expect(budget.take(at: start + .seconds(1)) == 0)
  }
}
