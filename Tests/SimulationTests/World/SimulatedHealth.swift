internal import SluiceCore

/// The health of the endpoints for all workers: the board, and the copies of its view that reach each worker some time
/// after the one that caused the change.
final class SimulatedHealth {
  private unowned let world: World
  private(set) var board: HealthBoard
  /// Endpoints that failed since their last success.
  private var failing: Set<Int> = []

  init(world: World) {
    self.world = world
    board = HealthBoard(
      policy: HealthPolicy(), endpoints: (0..<world.options.endpoints).map { HealthEndpoint(identity: UInt64($0) + 1) },
      at: world.now)
  }

  /// Seconds pass as long as somebody is there.
  func start() {
    world.scheduler.after(.seconds(1)) { [self] in
      guard !world.isOver else { return }
      tell(.secondPassed, from: nil)
      start()
    }
  }

  func failed(_ endpoint: Int, _ cause: Cause, exchange: UInt64, began: Instant, from worker: SimulatedWorker) {
    guard cause.ejectionWeight != .never else { return }
    failing.insert(endpoint)
    tell(.failed(endpoint, cause, exchange: exchange, began: began), from: worker)
  }

  func probeLost(_ endpoint: Int, from worker: SimulatedWorker) { tell(.probeLost(endpoint), from: worker) }

  func succeeded(_ endpoint: Int, isNews: Bool, began: Instant, from worker: SimulatedWorker) {
    guard failing.remove(endpoint) != nil || isNews else { return }
    tell(.succeeded(endpoint, is5xx: false, began: began), from: worker)
  }

  func takeProbe(tried: EndpointSet, from worker: SimulatedWorker) -> Int? {
    let index = board.grantProbe(tried: tried, at: world.now)
    worker.view = board.view
    if index != nil { publish(from: worker) }
    return index
  }

  private func tell(_ event: HealthEvent, from worker: SimulatedWorker?) {
    let generation = board.view.generation
    for change in board.handle(event, at: world.now, random: world.draw()) {
      world.note("endpoint \(change.endpoint): \(change.before) → \(change.after)")
      if case .ejected = change.after { world.endings["ejected", default: 0] += 1 }
      if case .ejected = change.before, change.after.isAvailable { world.endings["returned", default: 0] += 1 }
    }
    if !board.view.states.contains(where: \.standing.isAvailable) { world.fail("the last endpoint was ejected") }
    guard board.view.generation != generation else { return }
    worker?.view = board.view
    publish(from: worker)
  }

  private func publish(from worker: SimulatedWorker?) {
    for other in world.workers where other !== worker {
      world.scheduler.after(world.milliseconds(0, 2)) { [self] in other.view = board.view }
    }
  }
}
