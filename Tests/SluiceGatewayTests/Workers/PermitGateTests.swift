import Synchronization
import TestSupport
import Testing

@testable import SluiceGateway

@Suite(.timeLimit(.minutes(1))) struct PermitGateTests {
  /// The tickets that were granted, in order.
  private final class Grants: Sendable {
    private let list = Mutex<[PermitGate.Ticket]>([])

    var grant: PermitGate.Grant { { ticket in self.list.withLock { $0.append(ticket) } } }
    var all: [PermitGate.Ticket] { list.withLock { $0 } }
  }

  private func queue(_ gate: PermitGate, _ grants: Grants) throws -> PermitGate.Ticket {
    guard case .queued(let ticket) = gate.acquire(grants.grant) else { throw NotQueued() }
    return ticket
  }

  private struct NotQueued: Error {}

  @Test func thoseWhoWaitAreServedInTheOrderOfTheirArrival() throws {
    let (gate, grants) = (PermitGate(capacity: 1, queueLimit: 2), Grants())
    #expect(gate.acquire(grants.grant) == .granted)
    let first = try queue(gate, grants)
    let second = try queue(gate, grants)
    #expect(gate.acquire(grants.grant) == .refused)
    #expect(!gate.tryAcquire())
    gate.release()
    #expect(grants.all == [first])
    gate.release()
    #expect(grants.all == [first, second])
    #expect(gate.inUse == 1 && gate.waiting == 0)
    gate.release()
    #expect(gate.inUse == 0)
    #expect(gate.acquire(grants.grant) == .granted)
  }

  @Test func whoLeavesIsPassedOver() throws {
    let (gate, grants) = (PermitGate(capacity: 1, queueLimit: 2), Grants())
    #expect(gate.tryAcquire())
    let first = try queue(gate, grants)
    let second = try queue(gate, grants)
    #expect(gate.cancel(first))
    gate.release()
    #expect(grants.all == [second])
    #expect(!gate.cancel(second), "its permit is on the way")
    #expect(!gate.cancel(first))
    gate.release()
    #expect(gate.inUse == 0 && gate.waiting == 0)
  }

  @Test func aReloadThatAllowsMoreServesThoseWhoWait() throws {
    let (gate, grants) = (PermitGate(capacity: 1, queueLimit: 3), Grants())
    #expect(gate.tryAcquire())
    let tickets = try (0..<3).map { _ in try queue(gate, grants) }
    gate.resize(capacity: 3, queueLimit: 3)
    #expect(grants.all == Array(tickets.prefix(2)))
    #expect(gate.inUse == 3 && gate.waiting == 1)
    gate.resize(capacity: 1, queueLimit: 3)
    gate.release()
    gate.release()
    #expect(grants.all.count == 2, "permits above the new bound are taken back")
    gate.release()
    #expect(grants.all == tickets)
  }

  /// A permit that comes free between a failed try and the queueing has nobody to be passed on to: who queues must see
  /// it. Were it missed, both would wait for ever, since a newcomer takes no permit while somebody waits.
  ///
  /// Two threads that hand one permit to and fro meet in that moment within some thousand rounds.
  @Test func aPermitThatComesFreeWhileSomebodyQueuesReachesHim() async throws {
    let (gate, rounds) = (PermitGate(capacity: 1, queueLimit: 8), 100_000)
    let served = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<2 { group.addTask { try await blocking { Turns(gate).take(rounds) } } }
      return try await group.reduce(0, +)
    }
    #expect(served == 2 * rounds)
    #expect(gate.inUse == 0 && gate.waiting == 0)
  }

  /// One thread's turns. It waits without giving up its core, so that the two keep meeting.
  private final class Turns: Sendable {
    private let gate: PermitGate
    private let granted = Atomic<Int>(0)

    init(_ gate: PermitGate) { self.gate = gate }

    /// - Returns: how often a permit came; fewer than wanted where one never did.
    func take(_ rounds: Int) -> Int {
      var queued = 0
      for round in 0..<rounds {
        switch gate.acquire({ _ in self.granted.wrappingAdd(1, ordering: .releasing) }) {
        case .granted: break
        case .queued:
          queued += 1
          if !waited(for: queued) { return round }
        case .refused: return round
        }
        // Held for about as long as the other needs to queue.
        for _ in 0..<(round % 16) { _ = gate.inUse }
        gate.release()
      }
      return rounds
    }

    /// - Returns: false after ten seconds.
    private func waited(for grant: Int) -> Bool {
      let deadline = ContinuousClock.now + .seconds(10)
      while granted.load(ordering: .acquiring) < grant {
        for _ in 0..<64 where granted.load(ordering: .acquiring) < grant {}
        if ContinuousClock.now > deadline { return false }
      }
      return true
    }
  }
}
