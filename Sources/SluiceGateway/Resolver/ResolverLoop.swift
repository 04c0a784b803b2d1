internal import Glibc
internal import SluiceCore

/// The resolver's thread: takes queries, drives `Lookup` values, polls the transports.
///
/// Everything in here is confined to that thread, so nothing in here is locked or `Sendable`.
final class ResolverLoop {
  private struct Running {
    var lookup: Lookup
    let servers: ResolverServers
    let completion: @Sendable (Resolution) -> Void
  }

  private let configuration: ResolverOptions
  private let inbox: ResolverInbox
  private let now: @Sendable () -> Instant
  private var hosts: HostsCache
  /// The servers that new lookups use.
  private var servers: ResolverServers?
  /// Servers of before a change of the system's file, until their last question ended.
  private var retired: [ResolverServers] = []
  private var systemCheck: SystemCheck
  private var waiting: [ResolverInbox.Query] = []
  private var running: [UInt64: Running] = [:]
  private var lookupNext: UInt64 = 0
  private var timers: [ResolverInbox.Timer] = []
  private var polls: [pollfd] = []
  private var isStopping = false

  init(_ configuration: ResolverOptions, inbox: ResolverInbox, now: @escaping @Sendable () -> Instant) {
    self.configuration = configuration
    self.inbox = inbox
    self.now = now
    hosts = HostsCache(path: configuration.hostsPath)
    systemCheck = SystemCheck(path: configuration.systemPath, isUsed: configuration.servers.isEmpty)
  }

  func run() {
    while !isStopping {
      wait()
      takeIncoming()
      takeArrivals()
      passTime()
      startWaiting()
    }
    end()
  }

  // MARK: Waiting

  private func wait() {
    polls.removeAll(keepingCapacity: true)
    polls.append(pollfd(fd: inbox.wakeDescriptor, events: Int16(POLLIN), revents: 0))
    var left = TimeSpan.seconds(60)
    let instant = now()
    for lookup in running.values { left = min(left, lookup.lookup.nextDeadline - instant) }
    for timer in timers { left = min(left, timer.deadline - instant) }
    var ranges: [(transport: DNSTransport, range: Range<Int>)] = []
    for transport in transports() {
      let start = polls.count
      transport.addSockets(to: &polls)
      left = transport.timeLeft(atMost: left)
      ranges.append((transport, start..<polls.count))
    }
    // Rounded up: a deadline looked at too early would make this loop spin until it comes.
    let milliseconds = left.nanoseconds <= 0 ? 0 : (left.nanoseconds - 1) / 1_000_000 + 1
    let count = poll(&polls, nfds_t(polls.count), Int32(clamping: milliseconds))
    for (transport, range) in ranges {
      transport.process(count > 0 ? polls[range].filter { $0.revents != 0 } : [])
    }
  }

  private func transports() -> [DNSTransport] {
    (retired + [servers].compactMap { $0 }).flatMap { $0.transports.filter { !$0.isIdle } }
  }

  // MARK: Events

  private func takeIncoming() {
    let taken = inbox.take()
    isStopping = taken.isStopping
    timers += taken.timers
    waiting += taken.queries
  }

  private func takeArrivals() {
    for group in retired + [servers].compactMap({ $0 }) {
      for (server, transport) in group.transports.enumerated() {
        for arrival in transport.takeArrivals() {
          guard var entry = running[arrival.lookup] else { continue }
          let effects = entry.lookup.replied(arrival.reply, to: arrival.question, server: server, at: now())
          if FamilyResult(arrival.reply, server: server).isConclusive { group.preferred = server }
          running[arrival.lookup] = entry
          perform(effects, arrival.lookup)
        }
      }
    }
    retired.removeAll { group in group.transports.allSatisfy(\.isIdle) }
  }

  private func passTime() {
    let instant = now()
    for id in running.filter({ $0.value.lookup.nextDeadline <= instant }).keys {
      guard var entry = running[id] else { continue }
      let effects = entry.lookup.timePassed(at: instant)
      running[id] = entry
      perform(effects, id)
    }
    let due = timers.filter { $0.deadline <= instant }
    timers.removeAll { $0.deadline <= instant }
    for timer in due {
      inbox.timerFired()
      timer.action()
    }
  }

  private func startWaiting() {
    var started = 0
    while started < waiting.count, running.count < ResolverLimits.lookupsRunningMax {
      start(waiting[started])
      started += 1
    }
    waiting.removeFirst(started)
    let instant = now()
    let late = waiting.filter { $0.start + configuration.timeout <= instant }
    waiting.removeAll { $0.start + configuration.timeout <= instant }
    for query in late { finish(.failed(.dnsTimeout, of: query.name, detail: .timedOut), query) }
  }

  // MARK: Lookups

  private func start(_ query: ResolverInbox.Query) {
    if let result = local(query.name) { return finish(result, query) }
    guard let servers = currentServers() else {
      return finish(.failed(.dnsServfail, of: query.name, detail: .serverUnreachable, source: .dns), query)
    }
    let candidates = DNSName.candidates(
      for: query.name, searchDomains: configuration.searchDomains ?? servers.searchDomains,
      dotsMin: configuration.searchDotsMin ?? servers.dotsMin)
    let id = lookupNext
    lookupNext += 1
    var lookup = Lookup(
      name: query.name, candidates: candidates, servers: servers.transports.map(\.server),
      serverFirst: servers.preferred, start: query.start, timeout: configuration.timeout)
    let effects = lookup.begin(at: now())
    running[id] = Running(lookup: lookup, servers: servers, completion: query.completion)
    perform(effects, id)
  }

  /// What needs no server.
  private func local(_ name: String) -> Resolution? {
    if let address = AddressLiteral.parse(name) {
      return .addresses([address], of: name, source: .literal, ttl: .unlimited)
    }
    guard DNSName.isValid(name) else { return .failed(.dnsNxdomain, of: name, detail: .invalidName) }
    let key = DNSName.key(name)
    if let addresses = hosts.lookUp(key: key) {
      return .addresses(addresses, of: name, source: .hosts, ttl: ResolverLimits.hostsTTL)
    }
    guard DNSName.isLocalhost(key: key) else { return nil }
    let loopback = [
      EndpointAddress(family: .v4, high: 0x7F00_0001 << 32), EndpointAddress(family: .v6, high: 0, low: 1),
    ]
    return .addresses(loopback, of: name, source: .localhost, ttl: ResolverLimits.ttl.upperBound)
  }

  private func perform(_ effects: [Lookup.Effect], _ id: UInt64) {
    for effect in effects {
      guard let entry = running[id] else { return }
      switch effect {
      case .ask(let question, let server):
        entry.servers.transports[server].ask(question, for: id)
      case .finish(let resolution):
        running[id] = nil
        inbox.completed()
        entry.completion(resolution)
      }
    }
  }

  private func finish(_ resolution: Resolution, _ query: ResolverInbox.Query) {
    var result = resolution
    result.elapsed = now() - query.start
    inbox.completed()
    query.completion(result)
  }

  // MARK: Servers

  private func currentServers() -> ResolverServers? {
    let isChanged = systemCheck.hasChanged(at: now())
    if let servers, !isChanged { return servers }
    guard let made = try? ResolverServers(configuration) else { return servers }
    if let servers { retired.append(servers) }
    servers = made
    return made
  }

  // MARK: The end

  private func end() {
    let rest = inbox.close()
    let queries = waiting + rest.queries
    let entries = running.values.map { ($0.lookup.name, $0.lookup.start, $0.completion) }
    // The descriptors go first, so that whoever learns of the end finds them closed.
    running = [:]
    servers = nil
    retired = []
    for (name, start, completion) in entries + queries.map({ ($0.name, $0.start, $0.completion) }) {
      var result = Resolution.failed(.dnsServfail, of: name, detail: .stopped)
      result.elapsed = now() - start
      completion(result)
    }
  }
}
