internal import Logging
internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceIncidents
internal import Synchronization

/// What all workers share: immutable, or safe to call from any thread.
final class GatewayServices: Sendable {
  /// The installation's name: the pseudonym in Via and our member of Proxy-Status.
  let name: String
  let nameBytes: [UInt8]
  /// Names endpoints in cookies and on hash rings; keyed, so that an address cannot be found from its cookie.
  let identities: SipHash
  let resolver: Resolver
  let output: GatewayOutput
  let logger: Logger
  let replayMemory = ReplayMemory()
  private let upstreams = Mutex<[String: UpstreamPermits]>([:])
  private let workers = Mutex<[WorkerHandle]>([])
  private let names = Mutex<EndpointResolver?>(nil)
  private let healths = Mutex<[String: UpstreamHealth]>([:])
  private let histories = Mutex<[EndpointPlace: EndpointHistory]>([:])
  let changes = ChangeLog()
  let traffic: TrafficLog
  let rateLimits = RateLimits()
  let openings: OpeningLog
  let chainVerifier = ChainVerifier()
  let certificates = CertificateWitness()
  private let versions = VersionWitness()

  private struct EndpointPlace: Hashable {
    var upstream: String
    var url: String
  }

  /// - Parameter trafficSpan: milliseconds of one part of the counts of traffic.
  init(
    name: String, resolver: Resolver, output: GatewayOutput, logger: Logger,
    trafficSpan: Int64 = TrafficLog.spanDefault
  ) {
    self.name = name
    nameBytes = Array(name.utf8)
    let seed = SipHash(low: 0, high: 0).hash(name)
    identities = SipHash(low: seed, high: ~seed)
    self.resolver = resolver
    traffic = TrafficLog(span: trafficSpan)
    self.output = output
    self.logger = logger
    openings = OpeningLog(logger)
  }

  var workerHandles: [WorkerHandle] { workers.withLock { $0 } }

  func setWorkers(_ handles: [WorkerHandle]) { workers.withLock { $0 = handles } }

  func setNames(_ resolver: EndpointResolver) { names.withLock { $0 = resolver } }

  /// A name's addresses could not be connected to: it is asked for again soon.
  func refresh(_ name: String) { names.withLock { $0 }?.refresh(name) }

  /// The permits of an upstream, which outlive reloads; a changed bound holds at once.
  func permits(for upstream: UpstreamConfiguration) -> UpstreamPermits {
    let now = Clock.now()
    let permits = upstreams.withLock { known -> UpstreamPermits in
      let permits = known[upstream.name] ?? UpstreamPermits(upstream, at: now)
      known[upstream.name] = permits
      return permits
    }
    permits.adopt(upstream, at: now)
    return permits
  }

  /// nil: no worker has met the upstream.
  func permits(named name: String) -> UpstreamPermits? { upstreams.withLock { $0[name] } }

  /// Remembers a change of our own, here and in the store.
  func note(_ kind: Change.Kind, _ text: String, upstream: String? = nil) {
    note(Change(kind: kind, time: Clock.wallMilliseconds(), text: text, upstream: upstream))
  }

  /// Remembers a change, here and in the store, and tells of one that nobody made known.
  ///
  /// - Returns: whether it was taken; one that is known, or one too many of its kind, is not.
  @discardableResult
  func note(_ change: Change) -> Bool {
    var change = change
    change.text = String(change.text.prefix(IncidentStore.textMax))
    guard changes.add(change) else { return false }
    output.incidents?.note(change)
    if change.kind.isNoticed {
      let place = change.upstream.map { " of \($0)" } ?? ""
      logger.notice("noticed another \(change.kind.rawValue)\(place): \(change.text)")
    }
    return true
  }

  /// A handshake with an endpoint showed a chain.
  func saw(_ chain: JudgedChain?, of endpoint: String, in upstream: String) {
    guard let chain,
      let change = certificates.saw(chain, of: endpoint, in: upstream, at: Clock.wallMilliseconds())
    else { return }
    note(change)
  }

  /// The first response of a connection has a field that tells a version.
  func saw(_ value: [UInt8], of name: String, at place: VersionWitness.Place, _ wall: Int64) {
    if let change = versions.saw(value, name: name, at: place, wall: wall) { note(change) }
  }

  /// Closes the parts of the counts of traffic that are over; nil: all.
  func closeTraffic(at wall: Int64?) {
    let counts = traffic.due(at: wall)
    if !counts.isEmpty { output.incidents?.note(counts) }
  }

  /// For one timer of the process, several times a second.
  func tick(at now: Instant) {
    output.tick(at: now)
    closeTraffic(at: Clock.wallMilliseconds())
    let counts = certificates.due(at: now, wall: Clock.wallMilliseconds(), logger: logger)
    if !counts.isEmpty { output.incidents?.offer(counts) }
  }

  /// What was seen of an endpoint, which outlives reloads.
  func history(of url: String, in upstream: String) -> EndpointHistory {
    histories.withLock { known in
      let place = EndpointPlace(upstream: upstream, url: url)
      let history = known[place] ?? EndpointHistory(endpoint: url)
      known[place] = history
      return history
    }
  }

  /// The health of an upstream, which outlives reloads.
  func health(of upstream: UpstreamConfiguration) -> UpstreamHealth {
    healths.withLock { known in
      if let health = known[upstream.name] { return health }
      let health = UpstreamHealth(
        upstream, identities: identities, logger: logger, at: Clock.now(),
        workers: { [weak self] in self?.workerHandles ?? [] })
      known[upstream.name] = health
      return health
    }
  }

  func health(named name: String) -> UpstreamHealth? { healths.withLock { $0[name] } }

  /// Forgets endpoints and upstreams that a reload removed.
  func keepHistories(of upstreams: [UpstreamConfiguration]) {
    certificates.keep(upstreams)
    versions.keep(Set(upstreams.flatMap(\.endpoints).map(\.url)))
    let names = Set(upstreams.map(\.name))
    healths.withLock { known in known = known.filter { names.contains($0.key) } }
    let places = upstreams.flatMap { upstream in
      upstream.endpoints.map { EndpointPlace(upstream: upstream.name, url: $0.url) }
    }
    let kept = Set(places)
    histories.withLock { known in known = known.filter { kept.contains($0.key) } }
  }

  /// Somebody waits for a connection permit: an idle connection of any worker gives up its own (DECISIONS 12).
  func askForIdle(of upstream: String) {
    for handle in workers.withLock({ $0 }) {
      handle.run { worker in
        worker.snapshot.upstreams.first { $0.configuration.name == upstream }?.closeOneIdle()
      }
    }
  }
}
