internal import SluiceCore

/// The simulated clock and what is to happen, in the order of time and then of scheduling.
final class Scheduler {
  private struct Item {
    var at: Int64
    var number: UInt64
    var action: () -> Void
  }

  private(set) var now = Instant(nanoseconds: 10_000_000_000)
  private var heap: [Item] = []
  private var nextNumber: UInt64 = 0

  /// When the next action is due.
  var next: Instant { heap.first.map { Instant(nanoseconds: $0.at) } ?? .never }

  func after(_ span: TimeSpan, _ action: @escaping () -> Void) {
    heap.append(Item(at: (now + span).nanoseconds, number: nextNumber, action: action))
    nextNumber += 1
    var child = heap.count - 1
    while child > 0, isBefore(child, (child - 1) / 2) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  func move(to instant: Instant) { now = max(now, instant) }

  func runNext() {
    guard let first = heap.first else { return }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      sink()
    }
    move(to: Instant(nanoseconds: first.at))
    first.action()
  }

  private func sink() {
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && isBefore(child, least) { least = child }
      if least == parent { return }
      heap.swapAt(parent, least)
      parent = least
    }
  }

  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    heap[left].at != heap[right].at ? heap[left].at < heap[right].at : heap[left].number < heap[right].number
  }
}
