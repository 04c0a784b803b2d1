internal import Foundation
internal import SluiceCore
internal import Testing

/// A thousand small worlds, each drawn from its seed, with some behaviours switched off in each (swarm testing), so
/// that rare ones meet without the frequent ones around them.
///
/// `SLUICE_SIM_SEED=n` runs one seed and prints what happened; `SLUICE_SIM_SEEDS=n` runs that many.
@Suite struct SimulationTests {
  static func options(seed: UInt64) -> WorldOptions {
    var random = SplitMix64(seed: seed &* 0x9E37_79B9 &+ 1)
    func draw(_ count: UInt64) -> Int { Int(random.next() % count) }
    var options = WorldOptions()
    options.origins = Set(OriginBehaviour.allCases.filter { _ in draw(4) == 0 })
    options.clients = Set(ClientBehaviour.allCases.filter { _ in draw(3) == 0 })
    if draw(2) == 0 { options.clients.insert(.upload) }
    if draw(6) == 0 {
      options.clients.insert(.wantUpgrade)
      options.origins.insert(.upgrade)
    }
    options.workers = 1 + draw(2)
    options.clientCount = 2 + draw(9)
    options.requestsPerClient = 1 + draw(6)
    options.endpoints = 1 + draw(3)
    options.requestPermits = [1, 2, 64][draw(3)]
    options.connectionPermits = [1, 2, 3, 64][draw(4)]
    options.queueLimit = [0, 1, 64][draw(3)]
    options.rarity = [1, 2, 4][draw(3)]
    options.balance = draw(5)
    options.attempts = 1 + draw(3)
    switch draw(4) {
    case 0: options.hosts = []
    case 1: options.hosts = [.shortKeepAlive]
    default: options.hosts = Set(HostBehaviour.allCases.filter { _ in draw(2) == 0 })
    }
    return options
  }

  private static func number(_ name: String) -> UInt64? {
    ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
  }

  @Test func everyPromiseHolds() async {
    if let seed = Self.number("SLUICE_SIM_SEED") {
      let world = World(seed: seed, options: Self.options(seed: seed), keepsTrace: true)
      world.run()
      print(world.trace.joined(separator: "\n"))
      #expect(world.violations.isEmpty, "seed \(seed)")
      return
    }
    let count = Self.number("SLUICE_SIM_SEEDS") ?? 1000
    let tasks: UInt64 = 2
    let results = await withTaskGroup(of: (failed: [UInt64: String], endings: [String: Int]).self) { group in
      for task in 0..<tasks {
        group.addTask {
          var failed: [UInt64: String] = [:]
          var endings: [String: Int] = [:]
          for seed in stride(from: task, to: count, by: Int(tasks)) {
            let world = World(seed: seed, options: Self.options(seed: seed))
            world.run()
            if let first = world.violations.first { failed[seed] = first }
            endings.merge(world.endings, uniquingKeysWith: +)
          }
          return (failed, endings)
        }
      }
      return await group.reduce(into: (failed: [UInt64: String](), endings: [String: Int]())) { all, part in
        all.failed.merge(part.failed) { first, _ in first }
        all.endings.merge(part.endings, uniquingKeysWith: +)
      }
    }
    for (seed, violation) in results.failed.sorted(by: { $0.key < $1.key }).prefix(10) {
      Issue.record(
        "\(violation)\nreplay: make sim SEED=\(seed)")
    }
    if count >= 1000 { Self.expectReach(results.endings) }
  }

  /// A simulation in which nothing goes wrong any more would pass as well.
  private static func expectReach(_ endings: [String: Int]) {
    let wanted = [
      "response", "tunnel", "answer", "replayed", "connectRefused", "connectTimeout", "staleKeepalive",
      "closedBeforeResponse", "resetBeforeResponse", "truncatedHeaders", "notHttp", "responseHeaderTimeout",
      "unexpectedUpgrade", "writeTimeout", "writeFailed", "truncatedBody aborted", "badChunk aborted",
      "bodyIdleTimeout aborted", "poolQueueTimeout", "poolQueueFull", "clientAborted", "clientAborted aborted",
      "clientBodyTimeout", "requestChunkInvalid", "requestBodyTooLarge", "requestFieldInvalid", "routeNotFound",
      "host crash", "host stop", "host stall", "given up: attemptsMax", "given up: noOtherEndpoint",
      "given up: bodyNotBuffered", "unrepeatable on a used connection", "ejected", "returned",
    ]
    for ending in wanted { #expect(endings[ending, default: 0] > 0, "\(ending) never happens: \(endings)") }
  }
}
