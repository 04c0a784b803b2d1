internal import SluiceCore
internal import Testing

/// The n-th fault loop: each scenario again and again, with its first, second, third … effect failing, until one run
/// ends without having reached its fault. Every promise must hold each time.
@Suite struct FaultLoopTests {
  struct Scenario: Sendable, CustomTestStringConvertible {
    var name: String
    var options = WorldOptions()
    /// What the run without a fault must show, so that the scenario is what its name says.
    var ending: String
    var effect: ExchangeEffect?

    var testDescription: String { name }

    init(
      _ name: String, origins: Set<OriginBehaviour> = [], hosts: Set<HostBehaviour> = [],
      clients: Set<ClientBehaviour> = [],
      clientCount: Int = 1,
      requests: Int = 1, permits: UInt32 = 64, connections: UInt32 = 64, rarity: UInt64 = 1,
      ending: String = "response", effect: ExchangeEffect? = nil
    ) {
      self.name = name
      self.ending = ending
      self.effect = effect
      options.origins = origins
      options.hosts = hosts
      options.clients = clients
      options.clientCount = clientCount
      options.requestsPerClient = requests
      options.requestPermits = permits
      options.connectionPermits = connections
      options.rarity = rarity
    }
  }

  static let scenarios = [
    Scenario("GET"),
    Scenario("two requests on one connection", requests: 2, effect: .releaseUpstream),
    Scenario("POST", clients: [.upload], effect: .finishRequest),
    Scenario(
      "POST to a slow reader", origins: [.stopReading], clients: [.upload], ending: "writeTimeout", effect: .pauseClient
    ),
    Scenario("another endpoint after a refusal", origins: [.refuse], rarity: 2, ending: "replayed"),
    Scenario(
      "a body again after a reset", origins: [.resetWhileSending], clients: [.upload], rarity: 2, ending: "replayed",
      effect: .replayRequestBody),
    Scenario("a crash under way", hosts: [.crash], clientCount: 3, requests: 4, ending: "replayed"),
    Scenario(
      "an endpoint that stops answering", hosts: [.stall], clientCount: 2, requests: 3, ending: "responseHeaderTimeout"
    ),
    Scenario(
      "upgrade", origins: [.upgrade], clients: [.wantUpgrade, .halfClose], ending: "tunnel", effect: .startTunnel),
    Scenario("early response", origins: [.early], clients: [.upload], effect: .closeUpstream),
    Scenario("slow client", origins: [.chunked], clients: [.slowReader], effect: .pauseUpstream),
    Scenario("informational heads", origins: [.informational], effect: .forwardInformational),
    Scenario(
      "response until close to an old client", origins: [.untilClose], clients: [.oldVersion], effect: .closeUpstream),
    Scenario("queue for a request permit", clientCount: 3, permits: 1),
    Scenario("queue for a connection", clientCount: 3, connections: 1),
    Scenario(
      "timeout in the queue", origins: [.stallHead], clientCount: 2, permits: 1, ending: "poolQueueTimeout",
      effect: .leaveQueue),
    Scenario(
      "truncated response", origins: [.truncateBody], ending: "truncatedBody aborted", effect: .abort(reset: false)),
    Scenario("garbage", origins: [.garbage], ending: "notHttp", effect: .respond(.notHttp)),
    Scenario("fixed answer", clients: [.fixedAnswer], rarity: 1, ending: "answer", effect: .answer),
  ]

  /// The first seed that makes the scenario what it is called.
  private static func seed(of scenario: Scenario) -> UInt64? {
    (0..<UInt64(400)).first { seed in
      let world = World(seed: seed, options: scenario.options, keepsTrace: true)
      world.run()
      let effect = scenario.effect.map { "\($0)".split(separator: ".").last.map(String.init) ?? "" } ?? ""
      return world.violations.isEmpty && world.endings[scenario.ending, default: 0] > 0
        && (effect.isEmpty || world.trace.contains { $0.contains(effect) })
    }
  }

  @Test(arguments: scenarios, FaultPlan.Kind.allCases)
  func everyPromiseHoldsWhicheverEffectFails(_ scenario: Scenario, _ kind: FaultPlan.Kind) throws {
    let seed = try #require(Self.seed(of: scenario))
    var number = 1
    while number < 1000 {
      let plan = FaultPlan(number: number, kind: kind)
      let world = World(seed: seed, options: scenario.options, faults: plan)
      world.run()
      if !world.violations.isEmpty {
        let again = World(
          seed: seed, options: scenario.options, faults: FaultPlan(number: number, kind: kind), keepsTrace: true)
        again.run()
        Issue.record("fault \(number) in \(scenario.name):\n\(again.trace.joined(separator: "\n"))")
        return
      }
      guard plan.struck != nil else { break }
      number += 1
    }
    #expect(number > 3, "the loop reached only \(number) effects")
    #expect(number < 1000)
  }
}
