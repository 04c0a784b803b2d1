internal import SluiceCore

/// What happens to the program behind an endpoint. A seed switches some of them off.
enum HostBehaviour: String, CaseIterable {
  /// It dies: connections are reset, and nothing listens until it is back.
  case crash
  /// It stops as told to: idle connections are closed, requests under way are answered, nothing listens.
  case stop
  /// It accepts and reads, and answers nothing; then it is restarted.
  case stall
  /// It closes a connection that was idle for so long, counted from the last byte that it sent.
  case shortKeepAlive
}

/// The program behind an endpoint, as all workers meet it: it lives longer than a request, and dies in the middle of one.
final class SimulatedHost {
  enum State {
    case serving, gone, stalled
  }

  private unowned let world: World
  private let index: Int
  private(set) var state = State.serving
  /// How long it keeps an idle connection; nil: for as long as we do.
  let keepAlive: TimeSpan?
  private let troubles: [HostBehaviour]
  private var troublesLeft = 0

  init(world: World, index: Int) {
    self.world = world
    self.index = index
    let hosts = world.options.hosts
    keepAlive = hosts.contains(.shortKeepAlive) ? world.milliseconds(10, 200) : nil
    troubles = HostBehaviour.allCases.filter { hosts.contains($0) && $0 != .shortKeepAlive }
  }

  /// Connections end by the idle time alone: then nothing that must not be repeated may meet the end of one.
  var isSteady: Bool { troubles.isEmpty && !world.options.origins.contains(.closeIdle) }

  func start() {
    guard !troubles.isEmpty else { return }
    troublesLeft = world.between(1, 6)
    comeNext()
  }

  private func comeNext() {
    guard troublesLeft > 0 else { return }
    troublesLeft -= 1
    world.scheduler.after(world.milliseconds(0, 60)) { [self] in meet(troubles[world.between(0, troubles.count)]) }
  }

  private func meet(_ trouble: HostBehaviour) {
    world.note("host \(index): \(trouble.rawValue)")
    world.endings["host \(trouble.rawValue)", default: 0] += 1
    switch trouble {
    case .crash:
      state = .gone
      for connection in connections { connection.hostDied() }
    case .stop:
      state = .gone
      for connection in connections { connection.hostStopped() }
    case .stall, .shortKeepAlive:
      state = .stalled
    }
    // Once in a while for longer than a request may take.
    let span = world.chance(8) ? .seconds(Int64(world.between(1, 200))) : world.milliseconds(1, 80)
    world.scheduler.after(span) { [self] in comeBack() }
  }

  private func comeBack() {
    world.note("host \(index): back")
    if state == .stalled { for connection in connections { connection.hostDied() } }
    state = .serving
    comeNext()
  }

  /// Of all workers.
  private var connections: [SimulatedConnection] {
    world.workers.flatMap { Array($0.endpoints[index].connections.values) }.sorted { $0.number < $1.number }
  }
}
