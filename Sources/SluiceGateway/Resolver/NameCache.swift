public import SluiceCore

/// Results of names, with their age: what may be used, what is to be asked again, and when.
///
/// Overview: an entry holds the last good result, the failure that came after it, and when to ask next. Good addresses
/// outlive their TTL while a refresh runs and while refreshing fails, within two bounds: long where no server could say
/// anything (RFC 8767), short where a server said that the name or its addresses are gone, since a freed address
/// may belong to somebody else soon.
///
/// Single-flight: `start` is answered once until `finish` comes. Bounded: `entriesMax`, the least useful goes first.
///
/// A value without a clock. Not handled here: asking (the resolver), timers and publishing (`EndpointResolver`).
public struct NameCache: Sendable {
  public struct Limits: Hashable, Sendable {
    /// Names kept.
    public var entriesMax = 4096
    /// How long after their expiry addresses are used while no server answers.
    public var staleMax = TimeSpan.seconds(24 * 3600)
    /// How long addresses are used after a server's first answer that there are none.
    public var staleAfterDenialMax = TimeSpan.seconds(30)
    /// The wait after the first failure; it doubles with each further one.
    public var retryWaitMin = TimeSpan.seconds(1)
    public var retryWaitMax = TimeSpan.seconds(30)

    public init() {}
  }

  /// Who asks for the name now.
  public enum Refresh: UInt8, Hashable, Sendable {
    /// The caller is to resolve the name and to call `finish`.
    case start
    /// Somebody else does.
    case running
  }

  public enum Look: Hashable, Sendable {
    case fresh(ResolvedName)
    /// Usable, but expired or failing to refresh (then `failure` says how).
    case stale(ResolvedName, Refresh?)
    /// Nothing usable, and the failure is not old enough to ask again.
    case failed(ResolvedName)
    case missing(Refresh)
    /// Every entry is in use by a running refresh or is tracked.
    case full
  }

  private struct Entry {
    var resolved: ResolvedName
    var nextRefresh: Instant
    var lastUse: Instant
    /// When the last result came, good or not.
    var lastResult = Instant(nanoseconds: 0)
    var firstDenial: Instant?
    var failuresInRow = 0
    var isRunning = false
    var isTracked = false
    var isNew = true
  }

  public let limits: Limits
  private var entries: [String: Entry] = [:]

  public init(limits: Limits = Limits()) { self.limits = limits }

  public var count: Int { entries.count }

  // MARK: Looking

  /// What is known of a name, and whether the caller is to ask.
  public mutating func look(_ name: String, at instant: Instant) -> Look {
    guard entries[name] != nil || insert(name, at: instant) else { return .full }
    guard var entry = entries[name] else { return .full }
    defer { entries[name] = entry }
    entry.lastUse = instant
    dropIfTooOld(&entry, at: instant)
    let isDue = entry.nextRefresh <= instant
    var refresh: Refresh? = entry.isRunning ? .running : nil
    if isDue, !entry.isRunning {
      entry.isRunning = true
      refresh = .start
    }
    if entry.resolved.good != nil {
      let isFresh = instant < entry.resolved.expiry && entry.resolved.failure == nil && refresh != .start
      return isFresh ? .fresh(entry.resolved) : .stale(entry.resolved, refresh)
    }
    if entry.isNew { return .missing(refresh ?? .running) }
    return refresh == .start ? .missing(.start) : .failed(entry.resolved)
  }

  /// The same without a use, a refresh or a change.
  public func peek(_ name: String) -> ResolvedName? { entries[name].flatMap { $0.isNew ? nil : $0.resolved } }

  // MARK: Tracking

  /// Makes these the names that are kept and refreshed; entries of others are dropped.
  ///
  /// - Returns: names that had a result and are gone.
  public mutating func track(_ names: Set<String>, at instant: Instant) -> [AddressChange] {
    var changes: [AddressChange] = []
    for (name, entry) in entries where !names.contains(name) {
      entries[name] = nil
      guard !entry.isNew else { continue }
      changes.append(
        AddressChange(name: name, kind: .untracked, added: [], removed: entry.resolved.addresses, failure: nil))
    }
    for name in names.sorted() where entries[name] != nil || insert(name, at: instant) {
      entries[name]?.isTracked = true
    }
    return changes.sorted { $0.name < $1.name }
  }

  /// Tracked names without a first result.
  public var pending: Int { entries.values.count { $0.isTracked && $0.isNew } }

  /// Tracked names to ask for now, the longest due first; each is marked as running.
  public mutating func startDue(at instant: Instant, atMost count: Int) -> [String] {
    let due = entries.filter { $0.value.isTracked && !$0.value.isRunning && $0.value.nextRefresh <= instant }
    let names = due.sorted { ($0.value.nextRefresh, $0.key) < ($1.value.nextRefresh, $1.key) }.prefix(count).map(\.key)
    for name in names { entries[name]?.isRunning = true }
    return names
  }

  /// When `startDue` will have something.
  public var nextDue: Instant {
    entries.values.lazy.filter { $0.isTracked && !$0.isRunning }.map(\.nextRefresh).min() ?? .never
  }

  /// Makes a name due earlier, for those who have seen its addresses fail; never sooner than `retryWaitMin` after its
  /// last result.
  public mutating func hasten(_ name: String, at instant: Instant) {
    guard var entry = entries[name], !entry.isNew, !entry.isRunning, entry.nextRefresh != .never else { return }
    let earliest = entry.lastResult + limits.retryWaitMin
    entry.nextRefresh = min(entry.nextRefresh, max(instant, earliest))
    entries[name] = entry
  }

  // MARK: Results

  /// Takes a result in.
  ///
  /// - Returns: what changed; nil where nothing did, or the name was dropped meanwhile.
  public mutating func finish(_ resolution: Resolution, at instant: Instant) -> AddressChange? {
    guard var entry = entries[resolution.name] else { return nil }
    let before = entry.resolved
    let wasNew = entry.isNew
    entry.isRunning = false
    entry.isNew = false
    entry.lastUse = instant
    entry.lastResult = instant
    if resolution.cause == nil {
      succeed(&entry, resolution, at: instant)
    } else {
      fail(&entry, resolution, at: instant)
    }
    entries[resolution.name] = entry
    return change(from: before, to: entry.resolved, wasNew: wasNew)
  }

  private func succeed(_ entry: inout Entry, _ resolution: Resolution, at instant: Instant) {
    // Where one family's servers were silent, its known addresses stay: silence removes nothing.
    let kept = entry.resolved.addresses.filter { $0.family == resolution.missingFamily }
    entry.resolved.addresses = resolution.addresses + kept.filter { !resolution.addresses.contains($0) }
    entry.resolved.good = resolution
    entry.resolved.goodAt = instant
    entry.resolved.failure = nil
    entry.firstDenial = nil
    entry.failuresInRow = 0
    entry.nextRefresh = resolution.ttl == .unlimited ? .never : instant + max(resolution.ttl, limits.retryWaitMin)
  }

  private func fail(_ entry: inout Entry, _ resolution: Resolution, at instant: Instant) {
    entry.resolved.failure = resolution
    entry.failuresInRow += 1
    if isDenial(resolution) {
      entry.firstDenial = entry.firstDenial ?? instant
    } else {
      entry.firstDenial = nil
    }
    dropIfTooOld(&entry, at: instant)
    let doubled = limits.retryWaitMin.nanoseconds << Int64(min(entry.failuresInRow - 1, 16))
    let wait = min(TimeSpan(nanoseconds: doubled), limits.retryWaitMax)
    // A zone that says how long its denial holds is believed only while there is nothing to lose.
    let ttl = entry.resolved.good == nil ? min(resolution.ttl, limits.retryWaitMax) : .zero
    entry.nextRefresh = instant + max(wait, ttl)
  }

  private func isDenial(_ resolution: Resolution) -> Bool {
    resolution.cause == .dnsNxdomain || resolution.cause == .dnsNoAddress
  }

  private func dropIfTooOld(_ entry: inout Entry, at instant: Instant) {
    guard entry.resolved.good != nil, entry.resolved.failure != nil else { return }
    let isOverdue = instant >= entry.resolved.expiry + limits.staleMax
    let isDenied = entry.firstDenial.map { instant >= $0 + limits.staleAfterDenialMax } ?? false
    guard isOverdue || isDenied else { return }
    entry.resolved.good = nil
    entry.resolved.addresses = []
  }

  private func change(from before: ResolvedName, to after: ResolvedName, wasNew: Bool) -> AddressChange? {
    let added = after.addresses.filter { !before.addresses.contains($0) }
    let removed = before.addresses.filter { !after.addresses.contains($0) }
    let kind: AddressChange.Kind
    if wasNew {
      kind = .first
    } else if !added.isEmpty || !removed.isEmpty {
      kind = .addresses
    } else if before.failure?.outcome != after.failure?.outcome || before.failure?.detail != after.failure?.detail {
      kind = .failure
    } else {
      return nil
    }
    return AddressChange(name: after.name, kind: kind, added: added, removed: removed, failure: after.failure)
  }

  // MARK: Room

  private mutating func insert(_ name: String, at instant: Instant) -> Bool {
    if entries.count >= limits.entriesMax {
      let idle = entries.filter { !$0.value.isRunning && !$0.value.isTracked }
      guard let oldest = idle.min(by: { $0.value.lastUse < $1.value.lastUse }) else { return false }
      entries[oldest.key] = nil
    }
    let resolved = ResolvedName(name: name, addresses: [], good: nil, goodAt: instant, failure: nil)
    entries[name] = Entry(resolved: resolved, nextRefresh: instant, lastUse: instant)
    return true
  }
}
