internal import NIOCore
internal import SluiceConfiguration
internal import SluiceCore

/// The active checks of all upstreams: a schedule for each endpoint, on one event loop.
///
/// Results go to the health boards, which decide. Connections of checks are their own: they take no permit of the
/// upstream, so that a busy upstream is still checked, and no place in a pool.
final class HealthChecks: Sendable {
  /// Checks under way at a time; others wait for their turn.
  static let runningMax = 256

  private let loop: any EventLoop
  private let schedules: NIOLoopBound<Schedules>

  /// On `loop`.
  init(loop: any EventLoop, services: GatewayServices, names: EndpointResolver) {
    self.loop = loop
    var seeds = SystemRandomNumberGenerator()
    let schedules = Schedules(loop: loop, services: services, names: names, seed: seeds.next())
    self.schedules = NIOLoopBound(schedules, eventLoop: loop)
  }

  /// Checks what the configuration says from now on. Schedules of what has not changed go on.
  func adopt(_ snapshot: GatewaySnapshot) {
    loop.execute { [schedules] in schedules.value.adopt(snapshot.configuration.upstreams, snapshot.tls) }
  }

  func stop() {
    loop.execute { [schedules] in schedules.value.adopt([], []) }
  }

  /// What only the loop touches.
  final class Schedules {
    private struct Key: Hashable {
      var upstream: String
      var url: String
      var check: HealthCheckConfiguration
    }

    /// Where to, as the present configuration says it.
    private struct Place {
      var target: EndpointTarget
      var tls: UpstreamTLS?
      var proxyProtocol: ProxyHeaderVersion?
    }

    private let loop: any EventLoop
    private let services: GatewayServices
    private let names: EndpointResolver
    private var random: SplitMix64
    private var endpoints: [Key: Scheduled<Void>?] = [:]
    private var running: [Key: HealthCheck] = [:]
    private var waiting: [Key] = []
    private var places: [Key: Place] = [:]

    init(loop: any EventLoop, services: GatewayServices, names: EndpointResolver, seed: UInt64) {
      self.loop = loop
      self.services = services
      self.names = names
      random = SplitMix64(seed: seed)
    }

    func adopt(_ upstreams: [UpstreamConfiguration], _ tls: [UpstreamTLS?]) {
      var wanted: [Key: Place] = [:]
      for (upstream, tls) in zip(upstreams, tls) {
        guard let check = upstream.check else { continue }
        for endpoint in upstream.endpoints {
          wanted[Key(upstream: upstream.name, url: endpoint.url, check: check)] = Place(
            target: endpoint.target, tls: endpoint.usesTLS ? tls : nil,
            proxyProtocol: upstream.proxyProtocol)
        }
      }
      places = wanted
      for (key, scheduled) in endpoints where wanted[key] == nil {
        scheduled?.cancel()
        endpoints[key] = nil
        running.removeValue(forKey: key)?.cancel()
      }
      waiting.removeAll { wanted[$0] == nil }
      for key in wanted.keys where endpoints[key] == nil {
        let delay = CheckSchedule.first(interval: key.check.interval, random: random.next())
        schedule(key, after: delay)
      }
    }

    private func schedule(_ key: Key, after delay: TimeSpan) {
      let bound = NIOLoopBound(self, eventLoop: loop)
      endpoints[key] = loop.scheduleTask(in: .nanoseconds(delay.nanoseconds)) { bound.value.due(key) }
    }

    private func due(_ key: Key) {
      guard endpoints[key] != nil else { return }
      schedule(key, after: CheckSchedule.next(interval: key.check.interval, random: random.next()))
      // One that waits for its turn, or is under way because the loop was late, is not made twice.
      guard running[key] == nil, !waiting.contains(key) else { return }
      guard running.count < HealthChecks.runningMax else { return waiting.append(key) }
      run(key)
    }

    private func run(_ key: Key) {
      guard let place = places[key] else { return }
      let check = HealthCheck(
        key.check, place.target, place.tls, place.proxyProtocol, loop: loop, services: services, names: names)
      running[key] = check
      check.start { [self] outcome in
        running[key] = nil
        guard endpoints[key] != nil else { return }
        services.saw(check.chain, of: key.url, in: key.upstream)
        services.health(named: key.upstream)?.checked(key.url, outcome, at: Clock.now())
        if !waiting.isEmpty {
          run(waiting.removeFirst())
        }
      }
    }
  }
}
