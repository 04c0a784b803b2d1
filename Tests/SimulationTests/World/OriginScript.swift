internal import SluiceCore
internal import SluiceWire

/// What an origin does with one request.
final class OriginScript {
  private unowned let connection: SimulatedConnection
  private let world: World
  private let turn: Int
  private let behaviour: OriginBehaviour?
  private let isUpgradeWanted: Bool
  private var hasAnswered = false
  private var hasEndedTunnel = false

  private static let requestBehaviours: [OriginBehaviour] = [
    .slow, .chunked, .untilClose, .closeAfter, .informational, .flood, .early, .earlyAndStopReading, .upgrade,
    .serverError, .closeBeforeHead, .resetBeforeHead, .truncateHead, .garbage, .stallHead, .unexpectedUpgrade,
    .stopReading, .resetWhileSending, .truncateBody, .resetBody, .stallBody, .badChunk,
  ]

  init(connection: SimulatedConnection, exchange: SimulatedExchange) {
    self.connection = connection
    let world = connection.world
    self.world = world
    turn = connection.turn
    isUpgradeWanted = exchange.isUpgradeWanted
    let enabled = Self.requestBehaviours.filter { world.options.origins.contains($0) }
    let happens = !enabled.isEmpty && world.chance(world.options.rarity)
    behaviour = happens ? enabled[world.between(0, enabled.count)] : nil
  }

  private func after(_ span: TimeSpan, _ body: @escaping (OriginScript) -> Void) {
    world.scheduler.after(span) { [self, weak connection] in
      guard let connection, connection.turn == turn, !connection.isOriginClosing else { return }
      body(self)
    }
  }

  /// One signal after the other, with a little time between them.
  private func play(_ signals: [SimulatedConnection.Signal], pause: TimeSpan = .microseconds(400)) {
    guard let first = signals.first else { return }
    after(pause) { script in
      script.connection.deliver(first)
      script.play(Array(signals.dropFirst()), pause: pause)
    }
  }

  // MARK: The request

  func headArrived() {
    world.note("origin: \(behaviour?.rawValue ?? "plain")")
    switch behaviour {
    case .stopReading: connection.stopsReading = true
    case .early: answerEarly()
    case .earlyAndStopReading:
      connection.stopsReading = true
      answerEarly()
    default: break
    }
  }

  private func answerEarly() {
    hasAnswered = true
    after(world.milliseconds(0, 2)) { $0.play($0.response(framing: .length(40_000), size: 40_000)) }
  }

  func bytesArrived() {
    guard behaviour == .resetWhileSending, !hasAnswered, world.chance(3) else { return }
    hasAnswered = true
    play([.writeFailed, .reset])
  }

  /// The whole request has arrived.
  func requestArrived() {
    guard !hasAnswered, connection.host.state != .stalled else { return }
    hasAnswered = true
    after(behaviour == .slow ? world.milliseconds(100, 4000) : world.milliseconds(0, 4)) { $0.answer() }
  }

  // MARK: The answer

  private func answer() {
    let size = world.chance(4) ? world.between(0, 200_000) : world.between(0, 3000)
    switch behaviour {
    case .chunked: play(response(framing: .chunked, size: size))
    case .untilClose: play(response(framing: .untilClose, size: size).dropLast() + [.closed])
    case .closeAfter: play(response(framing: .length(UInt64(size)), size: size, keepsAlive: false) + [.closed])
    case .informational: play([.informational, .informational] + plain(size))
    case .flood: play(Array(repeating: .informational, count: 31) + plain(size), pause: .microseconds(20))
    case .upgrade, .unexpectedUpgrade: upgrade(size)
    case .closeBeforeHead: play([.closed])
    case .resetBeforeHead, .resetWhileSending: play([.reset])
    case .truncateHead: play([.informational, .closed])
    case .garbage: play([.refused(.notHttp)])
    case .stallHead: break
    case .truncateBody: play(response(framing: .length(100_000), size: 30_000).dropLast() + [.closed])
    case .resetBody: play(response(framing: world.chance(2) ? .chunked : .untilClose, size: size).dropLast() + [.reset])
    case .stallBody: play(response(framing: .length(100_000), size: 30_000).dropLast())
    case .badChunk: play(response(framing: .chunked, size: size).dropLast() + [.refused(.badChunk)])
    default: play(plain(size))
    }
  }

  private func plain(_ size: Int) -> [SimulatedConnection.Signal] {
    response(framing: size == 0 ? .none : .length(UInt64(size)), size: size)
  }

  private func response(
    framing: BodyFraming, size: Int, keepsAlive: Bool = true
  ) -> [SimulatedConnection.Signal] {
    let facts = ResponseFacts(
      status: behaviour == .serverError ? 500 : 200, framing: framing, keepsAlive: keepsAlive && framing != .untilClose)
    var signals: [SimulatedConnection.Signal] = [.head(facts)]
    var rest = size
    while rest > 0 {
      let count = min(rest, World.readMax)
      signals.append(.body(count))
      rest -= count
    }
    return signals + [.end]
  }

  // MARK: Tunnels

  private func upgrade(_ size: Int) {
    guard isUpgradeWanted || behaviour == .unexpectedUpgrade else { return play(plain(size)) }
    play([.upgrade] + (0..<world.between(0, 12)).map { _ in .tunnelBytes(world.between(1, World.readMax)) })
    if world.chance(2) { after(world.milliseconds(10, 2000)) { $0.endTunnel() } }
  }

  func tunnelSideEnded() { after(world.milliseconds(0, 20)) { $0.endTunnel() } }

  private func endTunnel() {
    guard !hasEndedTunnel else { return }
    hasEndedTunnel = true
    connection.deliver(world.chance(4) ? .reset : .tunnelEnd)
  }
}
