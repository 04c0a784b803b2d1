public import SluiceCore
internal import Synchronization

/// Keeps the addresses of all configured endpoint names fresh, and publishes them as immutable snapshots.
///
/// Overview: each tracked name is asked again when its TTL ends; what changed is published at once. Last good addresses
/// stay while asking fails, with the failure noted, within `NameCache`'s bounds.
///
/// Every decision is `NameCache`'s. This is the shell: it calls the resolver, sets timers and publishes. It is entered
/// from the resolver's thread and from whoever reloads; a lock covers the state, and nothing is called while it is
/// held.
public final class EndpointResolver: Sendable {
  public typealias Resolve = @Sendable (_ name: String, _ completion: @escaping @Sendable (Resolution) -> Void) -> Void
  public typealias Schedule = @Sendable (_ delay: TimeSpan, _ action: @escaping @Sendable () -> Void) -> Void

  /// Names being asked for at once, below what the resolver's queue takes.
  public static let resolvesRunningMax = 256
  /// Changes told with one snapshot; older ones are left out, for the snapshot itself holds what is true.
  public static let changesMax = 8192

  fileprivate struct State {
    var cache: NameCache
    var snapshot = ResolvedEndpoints(generation: 0, names: [:], changes: [], pending: 0)
    var running = 0
    var timer = Instant.never
    /// What is to be published: a slow publisher gets the newest, with the changes of all.
    var outbox: ResolvedEndpoints?
    var isPublishing = false
    var isStopped = false
  }

  private let resolve: Resolve
  private let schedule: Schedule
  private let now: @Sendable () -> Instant
  private let publish: @Sendable (ResolvedEndpoints) -> Void
  private let state: Mutex<State>

  /// - Parameters:
  ///   - resolve: `Resolver.resolve`; its completion may come on any thread, or before it returns.
  ///   - schedule: `Resolver.after`; a timer that is dropped when everything stops is fine.
  ///   - now: the monotonic clock.
  ///   - publish: called with new snapshots, one call at a time and in order, on a thread that caused one. Several
  ///     changes may come in one snapshot. It must not wait.
  public init(
    limits: NameCache.Limits = NameCache.Limits(), resolve: @escaping Resolve, schedule: @escaping Schedule,
    now: @escaping @Sendable () -> Instant, publish: @escaping @Sendable (ResolvedEndpoints) -> Void
  ) {
    self.resolve = resolve
    self.schedule = schedule
    self.now = now
    self.publish = publish
    state = Mutex(State(cache: NameCache(limits: limits)))
  }

  /// The service on a resolver of its own or shared.
  public convenience init(
    on resolver: Resolver, limits: NameCache.Limits = NameCache.Limits(), now: @escaping @Sendable () -> Instant,
    publish: @escaping @Sendable (ResolvedEndpoints) -> Void
  ) {
    self.init(
      limits: limits, resolve: { resolver.resolve($0, $1) }, schedule: { resolver.after($0, $1) }, now: now,
      publish: publish)
  }

  /// The last snapshot.
  public var current: ResolvedEndpoints { state.withLock { $0.snapshot } }

  /// Makes these the tracked names; what is known of those that stay is kept. Names beyond the cache's bound are not
  /// tracked.
  ///
  /// A snapshot follows with each name's first result; `pending` says how many are still missing.
  public func track(_ names: Set<String>) {
    let instant = now()
    state.withLock { state in
      guard !state.isStopped else { return }
      let gone = state.cache.track(names, at: instant)
      for change in gone { state.snapshot.names[change.name] = nil }
      state.snapshot.pending = state.cache.pending
      if !gone.isEmpty { state.post(gone) }
    }
    proceed()
  }

  /// Asks for a name again soon, because its addresses were seen to fail; at most once in `retryWaitMin`.
  public func refresh(_ name: String) {
    let instant = now()
    state.withLock { $0.cache.hasten(name, at: instant) }
    proceed()
  }

  /// No question, timer or publish begins after this.
  public func stop() {
    state.withLock { state in
      state.isStopped = true
      state.outbox = nil
    }
  }

  // MARK: Steps

  /// Starts what is due, sets the timer for what is not, publishes what has changed.
  private func proceed() {
    let instant = now()
    let (names, timer) = state.withLock { $0.proceed(at: instant) }
    for name in names {
      resolve(name) { [weak self] resolution in self?.finished(resolution) }
    }
    if let timer {
      schedule(timer - instant) { [weak self] in self?.timerFired(timer) }
    }
    drainOutbox()
  }

  private func finished(_ resolution: Resolution) {
    let instant = now()
    state.withLock { state in
      state.running -= 1
      guard !state.isStopped else { return }
      let change = state.cache.finish(resolution, at: instant)
      // Also without a change: the snapshot's times are those of the last result.
      state.snapshot.names[resolution.name] = state.cache.peek(resolution.name)
      state.snapshot.pending = state.cache.pending
      if let change { state.post([change]) }
    }
    proceed()
  }

  private func timerFired(_ timer: Instant) {
    state.withLock { if $0.timer == timer { $0.timer = .never } }
    proceed()
  }

  /// Publishes in order, and never from two threads at once: whoever finds another publishing leaves the rest to it.
  private func drainOutbox() {
    let mayPublish = state.withLock { state in
      guard !state.isPublishing else { return false }
      state.isPublishing = true
      return true
    }
    guard mayPublish else { return }
    while let next = state.withLock({ $0.takeNext() }) { publish(next) }
  }
}

extension EndpointResolver.State {
  fileprivate mutating func post(_ changes: [AddressChange]) {
    snapshot.generation += 1
    snapshot.changes = ((outbox?.changes ?? []) + changes).suffix(EndpointResolver.changesMax)
    outbox = snapshot
  }

  /// Nil ends the publishing, in the same step that finds nothing more.
  fileprivate mutating func takeNext() -> ResolvedEndpoints? {
    defer { outbox = nil }
    if outbox == nil { isPublishing = false }
    return outbox
  }

  /// The names to ask for now, and the instant of a new timer where one is needed.
  fileprivate mutating func proceed(at instant: Instant) -> (names: [String], timer: Instant?) {
    guard !isStopped else { return ([], nil) }
    let names = cache.startDue(at: instant, atMost: EndpointResolver.resolvesRunningMax - running)
    running += names.count
    // With every place taken, the next result leads on.
    guard running < EndpointResolver.resolvesRunningMax else { return (names, nil) }
    let due = cache.nextDue
    guard due < timer else { return (names, nil) }
    timer = due
    return (names, due)
  }
}
