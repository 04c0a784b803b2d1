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
  func adopt(_ upstreams: [UpstreamConfiguration]) {
    loop.execute { [schedules] in schedules.value.adopt(upstreams) }
  }

  func stop() {
    loop.execute { [schedules] in schedules.value.adopt([]) }
  }

  /// What only the loop touches.
  final class Schedules {
    private struct Key: Hashable {
      var upstream: String
      var url: String
      var check: HealthCheckConfiguration
    }

    private let loop: any EventLoop
    private let services: GatewayServices
    private let names: EndpointResolver
    private var random: SplitMix64
    private var endpoints: [Key: Scheduled<Void>?] = [:]
    private var running: [Key: HealthCheck] = [:]
    private var waiting: [(key: Key, target: EndpointTarget)] = []

    init(loop: any EventLoop, services: GatewayServices, names: EndpointResolver, seed: UInt64) {
      self.loop = loop
      self.services = services
      self.names = names
      random = SplitMix64(seed: seed)
    }

    func adopt(_ upstreams: [UpstreamConfiguration]) {
      var wanted: [Key: EndpointTarget] = [:]
      for upstream in upstreams {
        guard let check = upstream.check else { continue }
        for endpoint in upstream.endpoints {
          wanted[Key(upstream: upstream.name, url: endpoint.url, check: check)] = endpoint.target
        }
      }
      for (key, scheduled) in endpoints where wanted[key] == nil {
        scheduled?.cancel()
        endpoints[key] = nil
        running.removeValue(forKey: key)?.cancel()
      }
      waiting.removeAll { wanted[$0.key] == nil }
      for (key, target) in wanted where endpoints[key] == nil {
        let delay = CheckSchedule.first(interval: key.check.interval, random: random.next())
        schedule(key, target, after: delay)
      }
    }

    private func schedule(_ key: Key, _ target: EndpointTarget, after delay: TimeSpan) {
      let bound = NIOLoopBound(self, eventLoop: loop)
      endpoints[key] = loop.scheduleTask(in: .nanoseconds(delay.nanoseconds)) { bound.value.due(key, target) }
    }

    private func due(_ key: Key, _ target: EndpointTarget) {
      guard endpoints[key] != nil else { return }
      schedule(key, target, after: CheckSchedule.next(interval: key.check.interval, random: random.next()))
      // One that waits for its turn, or is under way because the loop was late, is not made twice.
      guard running[key] == nil, !waiting.contains(where: { $0.key == key }) else { return }
      guard running.count < HealthChecks.runningMax else { return waiting.append((key, target)) }
      run(key, target)
    }

    private func run(_ key: Key, _ target: EndpointTarget) {
      let check = HealthCheck(key.check, target, loop: loop, services: services, names: names)
      running[key] = check
      check.start { [self] outcome in
        running[key] = nil
        guard endpoints[key] != nil else { return }
        services.health(named: key.upstream)?.checked(key.url, outcome, at: Clock.now())
        if !waiting.isEmpty {
          let next = waiting.removeFirst()
          run(next.key, next.target)
        }
      }
    }
  }
}
