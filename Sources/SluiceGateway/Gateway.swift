public import Logging
internal import NIOCore
internal import NIOPosix
public import SluiceConfiguration
internal import SluiceCore
public import SluiceIncidents
internal import Synchronization

/// The gateway as a service: starts, reloads, drains, stops.
///
/// An actor because control is rare and must be one thing at a time; nothing of it is on the path of a request.
public actor Gateway {
  private let group: MultiThreadedEventLoopGroup
  let services: GatewayServices
  let workers: [WorkerHandle]
  private let names: EndpointResolver
  private let checks: HealthChecks
  var listeners: [ListenAddress: Listener] = [:]
  private(set) var generation: UInt64 = 1
  public private(set) var isDraining = false
  private(set) var isReloading = false
  private(set) var reloads = ReloadReading()
  var givingAway = GivingAway.nothing
  private(set) var snapshot: GatewaySnapshot
  /// Unix time in milliseconds.
  public nonisolated let startedAt = Clock.wallMilliseconds()
  /// nil: there was none yet.
  public private(set) var lastReload: ReloadReport?
  /// How the listeners that speak TLS do.
  var security: [ListenAddress: ListenerSecurity]
  var certificateWatch = CertificateWatch()
  private var watching: Task<Void, Never>?
  private let moves = NameMoves()
  let logger: Logger

  /// Starts workers and listeners.
  ///
  /// - Parameters:
  ///   - inheritance: sockets that another process opened; they serve the listeners that have their addresses.
  ///   - trafficSpan: milliseconds of one part of the counts of traffic.
  /// - Throws: `ListenError` where an address cannot be opened, or the takeover's failure; nothing is left open then.
  public static func start(
    _ configuration: Configuration, name: String, output: GatewayOutput, logger: Logger,
    inheritance: Inheritance? = nil, trafficSpan: Int64 = 10_000
  ) async throws -> Gateway {
    let gateway = try await Gateway(
      configuration, name: name, output: output, logger: logger, trafficSpan: trafficSpan)
    do {
      try await gateway.open(inheritance)
    } catch {
      // What was accepted until now, where anything was, is still answered.
      await gateway.leaveInherited()
      await gateway.drain()
      throw error
    }
    gateway.services.note(.start, "\(name) started")
    await gateway.noteStart()
    await gateway.watchCertificates()
    return gateway
  }

  private init(
    _ configuration: Configuration, name: String, output: GatewayOutput, logger: Logger, trafficSpan: Int64
  ) async throws {
    let count = configuration.workers ?? System.coreCount
    let group = MultiThreadedEventLoopGroup(numberOfThreads: count)
    self.group = group
    let handles = group.makeIterator().enumerated().map { WorkerHandle(index: $0.offset, loop: $0.element) }
    workers = handles
    let security: [ListenAddress: ListenerSecurity]
    let stamps = await CertificateWatch.stamps(of: configuration.listeners)
    do {
      security = try await SecurityReader.read(configuration.listeners, keeping: [:], workers: handles)
    } catch {
      try? await group.shutdownGracefully()
      throw error
    }
    services = GatewayServices(
      name: name, resolver: try Resolver(configuration.resolver.options, now: { Clock.now() }), output: output,
      logger: logger, trafficSpan: trafficSpan)
    snapshot = try GatewaySnapshot(configuration, generation: 1, rateLimits: services.rateLimits)
    self.security = security
    certificateWatch.adopt(stamps)
    self.logger = logger
    for handle in workers {
      let (services, snapshot) = (services, snapshot)
      var seeds = SystemRandomNumberGenerator()
      let seed = seeds.next()
      try await handle.loop.submit {
        let worker = Worker(handle: handle, services: services, snapshot: snapshot, seed: seed)
        handle.bind(worker)
        worker.startFlushing()
      }.get()
    }
    services.setWorkers(workers)
    let moves = moves
    moves.adopt(snapshot.configuration)
    // The services hold the names.
    names = EndpointResolver(on: services.resolver, now: { Clock.now() }) { [weak services] resolved in
      for handle in handles { handle.run { $0.adopt(resolved) } }
      for (upstream, move) in moves.moves(resolved) { services?.note(.addresses, move.text, upstream: upstream) }
    }
    services.setNames(names)
    names.track(snapshot.endpointNames)
    // Away from the first loop, which has the ticks, where there is another.
    let (loop, services, names) = (workers[workers.count - 1].loop, services, names)
    checks = try await loop.submit { HealthChecks(loop: loop, services: services, names: names) }.get()
    checks.adopt(snapshot)
  }

  private func noteStart() { reloads.lastAppliedAt = Clock.wallMilliseconds() }

  /// Opens every listener before one accepts: what fails until then leaves an older gateway as it was.
  private func open(_ inheritance: Inheritance?) async throws {
    let configured = snapshot.configuration.listeners
    let adopted = inheritance?.adopted(by: configured, logger: logger) ?? [:]
    for index in configured.indices {
      listeners[configured[index].address] = try await Listener.bind(
        configured[index],
        place(
          of: index, in: snapshot.configuration, security: security, inherited: adopted[index] ?? []))
    }
    try await inheritance?.prepare(adopted.values.flatMap { $0 })
    for listener in listeners.values { try await listener.startAccepting() }
    try await inheritance?.confirm()
  }

  /// What is inherited stays with whoever has it beside us; what is ours is closed as at a drain.
  private func leaveInherited() async {
    for listener in listeners.values where listener.isInherited {
      listeners[listener.address] = nil
      await listener.release()
    }
  }

  private func place(
    of index: Int, in configuration: Configuration, security: [ListenAddress: ListenerSecurity],
    inherited: [ListeningSocket] = []
  ) -> Listener.Place {
    let own = listeners.values.flatMap(\.sockets).compactMap(\.port)
    return Listener.Place(
      index: UInt16(index), workers: workers, group: group, receiveBuffer: configuration.receiveBuffer,
      security: security[configuration.listeners[index].address], ownPorts: Set(own), inherited: inherited)
  }

  /// The addresses that are listened on, as bound.
  public var addresses: [String] {
    snapshot.configuration.listeners.compactMap { listener in
      listeners[listener.address]?.localAddress.map { address in
        address.port.map { "\(address.ipAddress ?? ""):\($0)" } ?? listener.address.description
      }
    }
  }

  /// The port of the n-th listener, where it has one.
  public func port(ofListener index: Int) -> Int? {
    listeners[snapshot.configuration.listeners[index].address]?.localAddress?.port
  }

  // MARK: Reload

  /// Swaps in a new configuration without losing a request. Where a new listener cannot be opened, nothing changes.
  ///
  /// - Throws: `ListenError`, or an error of a file of certificates that cannot be used.
  public func reload(_ configuration: Configuration) async throws {
    guard !isDraining else { return }
    guard givingAway == .nothing, !isReloading else { throw ReloadError.busy }
    isReloading = true
    defer { isReloading = false }
    let wanted = Set(configuration.listeners.map(\.address))
    let stamps = await CertificateWatch.stamps(of: configuration.listeners)
    let security = try await SecurityReader.read(
      configuration.listeners, keeping: self.security, workers: workers)
    let next = try GatewaySnapshot(configuration, generation: generation + 1, rateLimits: services.rateLimits)
    var opened: [ListenAddress: Listener] = [:]
    do {
      for (index, listener) in configuration.listeners.enumerated() where listeners[listener.address] == nil {
        opened[listener.address] = try await Listener.bind(
          listener, place(of: index, in: configuration, security: security))
      }
      for listener in opened.values { try await listener.startAccepting() }
    } catch {
      for listener in opened.values { await listener.close() }
      throw error
    }
    try services.output.adopt(configuration)
    generation += 1
    let old = snapshot.configuration.upstreams
    snapshot = next
    self.security = security
    certificateWatch.adopt(stamps)
    for worker in workers { try await worker.ask { $0.adopt(next, security) } }
    moves.adopt(next.configuration)
    names.track(next.endpointNames)
    listeners.merge(opened) { _, new in new }
    for (address, listener) in listeners where !wanted.contains(address) {
      listeners[address] = nil
      await listener.close()
    }
    let limit = Clock.now() + min(Self.idleGrace, configuration.drain.deadline)
    for worker in workers { try await worker.ask { $0.forgetListeners(except: wanted, until: limit) } }
    services.keepHistories(of: configuration.upstreams)
    checks.adopt(next)
    services.rateLimits.keep(configuration.routes)
    services.note(.reload, "generation \(generation)")
    reloads.applied += 1
    reloads.isLastApplied = true
    reloads.lastAppliedAt = Clock.wallMilliseconds()
    for change in EndpointsChange.texts(from: old, to: configuration.upstreams) {
      services.note(.endpoints, change.text, upstream: change.upstream)
    }
    lastReload = ReloadReport(time: Clock.wallMilliseconds(), generation: generation, refusal: nil)
    tellWhatStays(configuration)
    logger.notice("configuration reloaded: generation \(generation)")
  }

  /// A reload that never got here, because the configuration is wrong: it may be the reason of what fails next.
  public func reloadRefused(because reason: String) {
    reloads.refused += 1
    reloads.isLastApplied = false
    lastReload = ReloadReport(time: Clock.wallMilliseconds(), generation: generation, refusal: reason)
    services.note(.reloadRefused, reason)
  }

  /// What only a new process can change.
  private func tellWhatStays(_ configuration: Configuration) {
    if let count = configuration.workers, count != workers.count {
      logger.warning("workers: \(count) takes effect at the next start; \(workers.count) are running")
    }
    if let name = configuration.name, name != services.name {
      logger.warning("name: \(name) takes effect at the next start")
    }
  }

  // MARK: Drain and stop

  /// How long a client that asks nothing keeps its connection at a drain. Closed at once, a connection could lose a
  /// request that is on its way.
  static let idleGrace = TimeSpan.seconds(5)

  /// Stops accepting, lets exchanges finish within the deadline, then cuts what is left.
  ///
  /// Once only: a second call, and a reload that comes later, change nothing. Where the sockets were given away nobody
  /// waits for the end, so that idle clients have until the deadline.
  public func drain() async {
    guard !isDraining else { return }
    isDraining = true
    // Half given away, a Unix socket's file is nobody's to remove. The takeover has a deadline of its own.
    while givingAway == .offered { try? await Task.sleep(for: .milliseconds(20)) }
    let drain = snapshot.configuration.drain
    let hasSuccessor = givingAway == .all
    if drain.delay > .zero, !listeners.isEmpty { try? await Task.sleep(for: .nanoseconds(drain.delay.nanoseconds)) }
    for listener in listeners.values { await listener.close() }
    listeners.removeAll()
    let deadline = Clock.now() + drain.deadline
    let limit = hasSuccessor ? deadline : min(deadline, Clock.now() + Self.idleGrace)
    for worker in workers { try? await worker.ask { $0.drain(until: limit) } }
    while Clock.now() < deadline {
      if await openConnections() == 0 { break }
      try? await Task.sleep(for: .milliseconds(20))
    }
    await stop()
  }

  private func openConnections() async -> Int {
    var count = 0
    for worker in workers { count += (try? await worker.ask { $0.downstreams.count }) ?? 0 }
    return count
  }

  private func watchCertificates() {
    watching = Task { [weak self] in
      while !Task.isCancelled {
        try? await Task.sleep(for: CertificateWatch.interval)
        await self?.lookAtCertificates()
      }
    }
  }

  private func stop() async {
    watching?.cancel()
    for worker in workers { try? await worker.ask { $0.stop() } }
    services.closeTraffic(at: nil)
    for worker in workers { worker.unbind() }
    checks.stop()
    names.stop()
    services.resolver.stop()
    services.chainVerifier.stop()
    try? await group.shutdownGracefully()
  }

  // MARK: Endpoints

  /// Drains an endpoint, or takes it back: it gets no new request, those under way end, idle connections are closed.
  /// It holds until it is taken back or the configuration says otherwise of the endpoint than it did.
  ///
  /// - Parameter endpoint: as configured, or as `host:port`.
  /// - Returns: the endpoint as configured, which no worker gives a new request any more; nil where there is no such
  ///   upstream or endpoint.
  @discardableResult
  public func setDraining(upstream: String, endpoint: String, isDraining: Bool) async -> String? {
    guard let health = services.health(named: upstream),
      let url = health.setDraining(endpoint, isDraining, at: Clock.now())
    else { return nil }
    for worker in workers { try? await worker.ask { $0.healthChanged(of: health) } }
    services.note(.drain, "\(isDraining ? "drained" : "took back") endpoint \(url) of upstream \(upstream)")
    return url
  }

  /// How the endpoints of an upstream stand, in their order; empty where there is none of this name.
  public func endpoints(ofUpstream name: String) -> [EndpointStatus] {
    let now = Clock.now()
    return (services.health(named: name)?.states ?? []).map { endpoint, state in
      EndpointStatus(endpoint: endpoint.url, state, at: now)
    }
  }

  /// Of the configuration in force, in its order.
  public var upstreamNames: [String] { snapshot.configuration.upstreams.map(\.name) }

  // MARK: Changes

  /// Remembers a change: it is told beside each failure of the next ten minutes, and kept in the store. For any
  /// thread.
  ///
  /// - Returns: whether it was taken. The same one within a minute is not, nor is one that was noticed when there are
  ///   `ChangeLog.noticedMax` of its kind and upstream in ten minutes.
  @discardableResult
  public nonisolated func note(_ change: Change) -> Bool { services.note(change) }

  /// Those of the last ten minutes, at most `ChangeLog.countMax`, the latest first.
  public nonisolated var recentChanges: [Change] { services.changes.suspects(at: Clock.wallMilliseconds()) }

  /// What went to an upstream since a time within the last hour, in parts, the oldest first.
  ///
  /// - Parameters:
  ///   - endpoint: as configured; nil: all of them. An upstream with one endpoint has no counts of that one.
  ///   - time: Unix time in milliseconds.
  public nonisolated func traffic(upstream: String, endpoint: String? = nil, since time: Int64) -> [TrafficCount] {
    services.traffic.counts(of: TrafficLog.Place(upstream: upstream, endpoint: endpoint), since: time)
  }

  // MARK: What tests and the admin side ask

  /// Counts over all workers.
  public func counts() async -> GatewayCounts {
    var counts = GatewayCounts()
    for worker in workers {
      guard let one = try? await worker.ask({ $0.counts }) else { continue }
      counts.add(one)
    }
    return counts
  }
}
