internal import SluiceCore

/// Permits for all workers, on the transitions of `PermitWord`. A grant takes its time to reach the waiter's worker, so
/// a waiter may have left in between.
final class SimulatedGate {
  enum Acquisition {
    case granted
    case queued(Int)
    case refused
  }

  private unowned let world: World
  private(set) var word = PermitWord.empty
  let capacity: UInt32
  let limit: UInt32
  private var queue: [(ticket: Int, grant: (Int) -> Void)] = []
  private var nextTicket = 0

  init(world: World, capacity: UInt32, limit: UInt32) {
    self.world = world
    self.capacity = capacity
    self.limit = limit
  }

  /// - Parameter grant: called on the waiter's worker; where the waiter has left it must release.
  func acquire(_ grant: @escaping (Int) -> Void) -> Acquisition {
    defer { check() }
    if let next = word.acquiring(capacity: capacity) {
      word = next
      return .granted
    }
    guard let next = word.queueing(capacity: capacity, limit: limit) else { return .refused }
    word = next
    nextTicket += 1
    queue.append((nextTicket, grant))
    return .queued(nextTicket)
  }

  func release() {
    defer { check() }
    if let next = word.releasing() {
      word = next
      return
    }
    guard let next = word.passingOn(), !queue.isEmpty else { return world.fail("a permit that was never taken") }
    word = next
    let waiter = queue.removeFirst()
    world.scheduler.after(.microseconds(Int64(world.between(0, 3000)))) { waiter.grant(waiter.ticket) }
  }

  /// - Returns: false where the permit is on its way.
  func cancel(_ ticket: Int) {
    defer { check() }
    guard let position = queue.firstIndex(where: { $0.ticket == ticket }) else { return }
    queue.remove(at: position)
    guard let next = word.leaving() else { return world.fail("a waiter that the word does not count") }
    word = next
  }

  private func check() {
    if word.inUse > capacity { world.fail("\(word.inUse) permits of \(capacity)") }
    if word.waiting > limit { world.fail("\(word.waiting) wait where \(limit) may") }
    if Int(word.waiting) != queue.count { world.fail("\(word.waiting) counted, \(queue.count) wait") }
    if word.waiting > 0, word.inUse < capacity { world.fail("somebody waits beside a free permit") }
  }
}
