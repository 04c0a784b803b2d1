public import SluiceWire

/// The routes of a configuration, compiled so that a request is matched without allocating.
///
/// The most specific route wins: exact host, then the longest wildcard, then any host; within a host the longest prefix
/// of whole segments; within a prefix the most conditions; and then the first in the file. A route takes a request only
/// if all of it fits, so a request that misses a condition goes on to the next less specific one.
///
/// Why parent links: one pass over the host finds its most specific group and one over the path the longest prefix.
/// What else could match is always a wildcard above that group and a shorter prefix above that prefix, and those were
/// linked when the table was made.
public struct RouteTable: Sendable {
  public let routes: [Route]

  /// One route without a condition for every host and path: the common case, decided without reading a byte.
  public let isCatchAll: Bool
  private var groups: [HostGroup] = []
  private var entries: [PrefixEntry] = []
  private var exactHosts = ByteTable()
  private var wildcards = ByteTable()
  /// Index of the group for any host, -1 where there is none.
  private var anyHost = -1

  private struct HostGroup: Sendable {
    var kind: RouteReason.Host
    /// The next less specific group, -1 where there is none.
    var parent: Int
    /// Of the prefix `/`, -1 where there is none.
    var rootEntry: Int
    var prefixes: ByteTable
  }

  private struct PrefixEntry: Sendable {
    var prefixLength: Int
    /// The next shorter prefix of the same host, -1 where there is none.
    var parent: Int
    /// The most conditions first.
    var candidates: [RouteCandidate]
  }

  /// Walks the entries that fit host and path, the most specific first.
  private struct Cursor {
    var group: Int
    var entry = -1
    var isGroupEntered = false
  }

  public init(routes: [Route]) {
    self.routes = routes
    isCatchAll =
      routes.count == 1 && routes[0].host == .any && Self.prefixKey(routes[0]).isEmpty
      && RouteCandidate(routes[0], index: 0).conditionCount == 0
    compile()
  }

  /// Finds the route of a request.
  ///
  /// - Parameters:
  ///   - host: as it was sent: any case, with or without port; empty where there is none.
  ///   - path: in its normal form.
  ///   - query: without its `?`.
  ///   - method: as it was sent.
  ///   - fields: offsets into `source`.
  public func match(
    host: RawSpan, path: RawSpan, query: RawSpan, method: RawSpan, fields: [Field], source: RawSpan
  ) -> RouteDecision {
    if isCatchAll { return .matched(0, .everything) }
    var miss = routes.isEmpty ? RouteMiss.empty : .host
    var cursor = Cursor(group: firstGroup(host))
    while advance(&cursor, path, &miss) {
      for candidate in entries[cursor.entry].candidates {
        if !candidate.hasFields(fields, in: source) {
          miss = miss.nearer(.header(nearest: candidate.index))
        } else if !candidate.hasParameters(query) {
          miss = miss.nearer(.query(nearest: candidate.index))
        } else if !candidate.allows(method: method) {
          miss = miss.nearer(.method(nearest: candidate.index))
        } else {
          return .matched(candidate.index, reason(cursor, candidate))
        }
      }
    }
    return .none(miss)
  }

  /// `match` for a parsed head whose host and query are ranges of `source`.
  public func match(_ head: RequestHead, path: RawSpan, source: RawSpan) -> RouteDecision {
    if isCatchAll { return .matched(0, .everything) }
    return match(
      host: source.extracting(head.host.offsets), path: path, query: source.extracting(head.query.offsets),
      method: source.extracting(head.methodText.offsets), fields: head.fields, source: source)
  }

  /// The methods of all routes that would have taken the request but for its method: the Allow field of a 405.
  public func allowedMethods(
    host: RawSpan, path: RawSpan, query: RawSpan, fields: [Field], source: RawSpan
  ) -> [String] {
    var methods: [String] = []
    var miss = RouteMiss.empty
    var cursor = Cursor(group: firstGroup(host))
    while advance(&cursor, path, &miss) {
      for candidate in entries[cursor.entry].candidates
      where candidate.hasFields(fields, in: source) && candidate.hasParameters(query) {
        for method in routes[candidate.index].methods where !methods.contains(method) { methods.append(method) }
      }
    }
    return methods
  }

  private func reason(_ cursor: Cursor, _ candidate: RouteCandidate) -> RouteReason {
    RouteReason(
      host: groups[cursor.group].kind, prefixLength: max(entries[cursor.entry].prefixLength, 1),
      conditions: candidate.conditionCount)
  }

  /// Moves to the next entry; false where there is none.
  private func advance(_ cursor: inout Cursor, _ path: RawSpan, _ miss: inout RouteMiss) -> Bool {
    while cursor.group >= 0 {
      if cursor.isGroupEntered {
        cursor.entry = entries[cursor.entry].parent
      } else {
        cursor.isGroupEntered = true
        cursor.entry = longestPrefix(path, groups[cursor.group])
        miss = miss.nearer(.path)
      }
      if cursor.entry >= 0 { return true }
      cursor = Cursor(group: groups[cursor.group].parent)
    }
    return false
  }

  /// The longest prefix of whole segments, -1 where none fits.
  private func longestPrefix(_ path: RawSpan, _ group: HostGroup) -> Int {
    var best = group.rootEntry
    let limit = min(path.byteCount, group.prefixes.keyLengthMax)
    var hash = ByteTable.seed
    var offset = 0
    while offset < limit {
      hash = ByteTable.step(hash, path.octet(offset))
      offset += 1
      guard offset == path.byteCount || path.octet(offset) == 0x2F else { continue }
      if let entry = group.prefixes.value(hash: hash, of: path, at: 0, count: offset, foldsCase: false) { best = entry }
    }
    return best
  }

  /// The most specific group that the host belongs to. Hashes run from the host's end, so that one pass meets every
  /// suffix.
  private func firstGroup(_ host: RawSpan) -> Int {
    guard !exactHosts.isEmpty || !wildcards.isEmpty else { return anyHost }
    let count = Self.hostLength(host)
    var best = anyHost
    var hash = ByteTable.seed
    var offset = count
    let limit = max(exactHosts.keyLengthMax, wildcards.keyLengthMax)
    while offset > 0, count - offset < limit {
      offset -= 1
      let byte = host.octet(offset).lowercased
      hash = ByteTable.step(hash, byte)
      guard byte == 0x2E, offset > 0 else { continue }
      if let group = wildcards.value(hash: hash, of: host, at: offset, count: count - offset, foldsCase: true) {
        best = group
      }
    }
    guard offset == 0, count > 0 else { return best }
    return exactHosts.value(hash: hash, of: host, at: 0, count: count, foldsCase: true) ?? best
  }

  /// Bytes of the host without its port and without the dot that ends an absolute name; `[v6]` keeps its brackets.
  public static func hostLength(_ host: RawSpan) -> Int {
    var count = host.byteCount
    if count > 0, host.octet(0) == 0x5B {
      return host.firstOffset(of: 0x5D, from: 0).map { $0 + 1 } ?? count
    }
    if let colon = host.firstOffset(of: 0x3A, from: 0) { count = colon }
    if count > 0, host.octet(count - 1) == 0x2E { count -= 1 }
    return count
  }
}

// Making the table: not fast, once for each configuration.

extension RouteTable {
  /// The prefix without its last slashes: `/v1/` is `/v1`, and `/` is empty.
  private static func prefixKey(_ route: Route) -> [UInt8] {
    var key = Array(route.pathPrefix.utf8)
    while key.last == 0x2F { key.removeLast() }
    return key
  }

  private mutating func compile() {
    var byHost: [HostPattern: [Int]] = [:]
    for index in routes.indices { byHost[routes[index].host, default: []].append(index) }
    // Less specific groups first, so that a parent has its index before its children look for it.
    let hosts = byHost.keys.sorted { Self.specificity($0) < Self.specificity($1) }
    var exact: [(hash: UInt64, key: [UInt8], value: Int)] = []
    var wild: [(hash: UInt64, key: [UInt8], value: Int)] = []
    for host in hosts {
      let group = groups.count
      groups.append(makeGroup(host, parent: parent(of: host, wild), routes: byHost[host] ?? []))
      switch host {
      case .any: anyHost = group
      case .exact(let name): exact.append(Self.keyed(name, group))
      case .wildcard(let suffix): wild.append(Self.keyed(suffix, group))
      }
    }
    exactHosts = ByteTable(exact)
    wildcards = ByteTable(wild)
  }

  private static func specificity(_ host: HostPattern) -> Int {
    switch host {
    case .any: 0
    case .wildcard(let suffix): 1 + suffix.utf8.count
    case .exact: .max
    }
  }

  private static func keyed(_ name: String, _ value: Int) -> (hash: UInt64, key: [UInt8], value: Int) {
    let key = name.utf8.map(\.lowercased)
    return (key.reversed().reduce(ByteTable.seed, ByteTable.step), key, value)
  }

  /// The longest wildcard made so far that this host lies under.
  private func parent(of host: HostPattern, _ wild: [(hash: UInt64, key: [UInt8], value: Int)]) -> Int {
    let name: [UInt8]
    switch host {
    case .any: return -1
    case .exact(let text), .wildcard(let text): name = text.utf8.map(\.lowercased)
    }
    let above = wild.filter { name.count > $0.key.count && name.suffix($0.key.count).elementsEqual($0.key) }
    return above.max { $0.key.count < $1.key.count }?.value ?? anyHost
  }

  private mutating func makeGroup(_ host: HostPattern, parent: Int, routes members: [Int]) -> HostGroup {
    var byPrefix: [[UInt8]: [RouteCandidate]] = [:]
    for index in members {
      byPrefix[Self.prefixKey(routes[index]), default: []].append(RouteCandidate(routes[index], index: index))
    }
    var keys: [(hash: UInt64, key: [UInt8], value: Int)] = []
    var root = -1
    // Shorter prefixes first, for the same reason as above.
    for prefix in byPrefix.keys.sorted(by: { $0.count < $1.count }) {
      let above = keys.filter { prefix.starts(with: $0.key) && prefix[$0.key.count...].first == 0x2F }
      let candidates = (byPrefix[prefix] ?? []).sorted {
        ($1.conditionCount, $0.index) < ($0.conditionCount, $1.index)
      }
      let entry = PrefixEntry(
        prefixLength: prefix.count, parent: above.max { $0.key.count < $1.key.count }?.value ?? root,
        candidates: candidates)
      if prefix.isEmpty {
        root = entries.count
      } else {
        keys.append((prefix.reduce(ByteTable.seed, ByteTable.step), prefix, entries.count))
      }
      entries.append(entry)
    }
    return HostGroup(kind: Self.kind(host), parent: parent, rootEntry: root, prefixes: ByteTable(keys))
  }

  private static func kind(_ host: HostPattern) -> RouteReason.Host {
    switch host {
    case .any: .any
    case .exact: .exact
    case .wildcard: .wildcard
    }
  }
}
