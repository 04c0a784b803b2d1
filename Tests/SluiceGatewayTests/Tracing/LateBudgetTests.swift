import SluiceCore
import Testing

@testable import SluiceGateway

@Suite struct LateBudgetTests {
  @Test func soManyInASecondAndThenANumberOfThem() {
    var budget = LateBudget()
    let start = Instant(nanoseconds: 5)
    func taken(_ count: Int, at now: Instant) -> Int { (0..<count).count { _ in budget.take(at: now) } }
    #expect(taken(60, at: start) == 60)
    #expect(taken(500, at: start + .milliseconds(999)) == 40)
    #expect(taken(500, at: start + .seconds(1)) == 100)
    #expect(taken(1, at: start + .milliseconds(1999)) == 0)
    #expect(taken(1, at: start + .seconds(2)) == 1)
  }
}
