internal import SluiceCore
internal import Testing

@Suite struct RetryBudgetTests {
  private static let start = Instant(nanoseconds: 50_000_000_000)

  private static func withdrawals(_ budget: inout RetryBudget, share: Double, at: Instant, of count: Int) -> Int {
    (0..<count).count { _ in budget.withdraw(share: share, at: at) }
  }

  @Test func aQuietServiceHasTheFloor() {
    var budget = RetryBudget()
    #expect(Self.withdrawals(&budget, share: 0.2, at: Self.start, of: 1000) == 100)
    #expect(Self.withdrawals(&budget, share: 0.2, at: Self.start + .seconds(9), of: 1000) == 0)
    // What was taken ten seconds ago counts no longer.
    #expect(Self.withdrawals(&budget, share: 0.2, at: Self.start + .seconds(10), of: 1000) == 100)
  }

  @Test func aShareOfTheRequestsComesOnTop() {
    var budget = RetryBudget()
    for second in 0..<10 { budget.deposit(requests: 500, at: Self.start + .seconds(Int64(second))) }
    let now = Self.start + .seconds(9)
    #expect(budget.allowance(share: 0.2, at: now) == 1100)
    #expect(Self.withdrawals(&budget, share: 0.2, at: now, of: 5000) == 1100)
    #expect(budget.replays(now) == 1100)
    // Requests age too.
    #expect(budget.allowance(share: 0.2, at: now + .seconds(5)) == 600)
  }

  @Test func nothingIsNothing() {
    var budget = RetryBudget()
    budget.deposit(requests: 1000, at: Self.start)
    #expect(Self.withdrawals(&budget, share: 0, at: Self.start, of: 10) == 0)
  }

  /// In steady state never more than share and floor together, in any window.
  @Test(arguments: [1, 7, 100, 2000])
  func noWindowHasMore(requestsPerSecond: Int) {
    var budget = RetryBudget()
    var granted: [Int] = []
    for second in 0..<60 {
      let now = Self.start + .seconds(Int64(second))
      budget.deposit(requests: requestsPerSecond, at: now)
      granted.append(Self.withdrawals(&budget, share: 0.2, at: now, of: 3 * requestsPerSecond + 50))
    }
    for end in 10...60 {
      let window = granted[(end - 10)..<end].reduce(0, +)
      #expect(window <= requestsPerSecond * 2 + 100, "seconds \(end - 10) to \(end)")
    }
    #expect(granted.reduce(0, +) > 0)
  }
}
