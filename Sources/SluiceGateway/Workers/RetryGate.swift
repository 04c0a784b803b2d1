internal import SluiceCore
internal import Synchronization

/// The replays that one upstream may get from all workers. Asked only where an attempt has failed; the workers tell
/// their requests once a second and when they ask.
final class RetryGate: Sendable {
  private let budget = Mutex(RetryBudget())

  func deposit(requests: Int, at now: Instant) {
    guard requests > 0 else { return }
    budget.withLock { $0.deposit(requests: requests, at: now) }
  }

  /// What is used of the budget, and how much there is, within its window.
  func state(share: Double, at now: Instant) -> (used: Int, limit: Int) {
    budget.withLock { ($0.replays(now), $0.allowance(share: share, at: now)) }
  }

  func withdraw(share: Double, at now: Instant) -> Bool {
    budget.withLock { $0.withdraw(share: share, at: now) }
  }
}
