/// What one core counts of ordinary lines: names are found by the bytes of the line, without a text of each.
///
/// Lines come in the order of time, more or less, so those of one slot are counted in place and only then put among
/// the others.
struct TallyScratch: Sendable {
  private var names: [TallyName] = []
  /// Name to its place; 0: free, else one more than the place in `names`.
  private var table = [UInt16](repeating: 0, count: 4096)
  /// By the same places. Names are told apart by 64 bits alone: they come from the proxy's configuration.
  private var hashes = [UInt64](repeating: 0, count: 4096)
  private var current = [TrafficTally.Count](repeating: TrafficTally.Count(), count: TrafficTally.namesMax)
  /// Names that `current` has counts of.
  private var touched: [Int] = []
  private var currentSlot: Int64 = .min
  private var slots = TallySlots()
  private var statuses = [Int](repeating: 0, count: 1000)

  /// Counts the request of a line.
  mutating func count(_ body: RawSpan, _ fields: borrowing FieldSet, _ product: UInt8, time: Int64?) {
    let status = fields.has(.status) ? Self.status(body, fields.bounds(.status)) : 0
    let upstream = fields.has(.upstream) ? fields.bounds(.upstream) : (0, 0)
    let endpoint = fields.has(.endpoint) ? fields.bounds(.endpoint) : (0, 0)
    let name = place(body, upstream, endpoint, product)
    add(name: name, status: status, time: time)
  }

  /// Counts the request that an entry tells.
  mutating func count(_ entry: LogEntry, _ product: UInt8) {
    let upstream = Array((entry.upstream ?? "").utf8)
    let bytes = upstream + Array((entry.endpoint ?? "").utf8)
    let name = place(bytes.span.bytes, (0, upstream.count), (upstream.count, bytes.count), product)
    add(name: name, status: Int(entry.status ?? 0), time: entry.time)
  }

  private mutating func add(name: Int, status: Int, time: Int64?) {
    let second = time.map { max(0, $0 / 1000) } ?? -1
    let slot = second < 0 ? -1 : second / slots.slotSeconds
    if slot != currentSlot {
      flush()
      currentSlot = second < 0 ? -1 : second / slots.slotSeconds
    }
    if current[name].requests == 0 { touched.append(name) }
    current[name].requests += 1
    if status == 0 || status >= 500 && status < 600 { current[name].failed += 1 }
    statuses[status < 1000 ? status : 0] += 1
  }

  private mutating func flush() {
    let second = currentSlot < 0 ? nil : currentSlot * slots.slotSeconds
    for name in touched {
      slots.add(current[name], second: second, name: name)
      current[name] = TrafficTally.Count()
    }
    touched.removeAll(keepingCapacity: true)
  }

  private static func status(_ body: RawSpan, _ range: (lower: Int, upper: Int)) -> Int {
    guard range.upper - range.lower == 3, range.upper <= body.byteCount else { return 0 }
    var value = 0
    for index in range.lower..<range.upper {
      let digit = body.byte(at: index) &- 0x30
      guard digit <= 9 else { return 0 }
      value = value &* 10 &+ Int(digit)
    }
    return value
  }

  private mutating func place(
    _ body: RawSpan, _ upstream: (lower: Int, upper: Int), _ endpoint: (lower: Int, upper: Int), _ product: UInt8
  ) -> Int {
    // Multiplied: added, two products and two names of one letter come out the same.
    var hash = (UInt64(product) &+ 1) &* 0x9E37_79B9_7F4A_7C15
    hash = Self.mix(hash, body, upstream)
    hash = Self.mix(hash, body, endpoint)
    var place = Int(truncatingIfNeeded: hash &>> 40) & 4095
    while table[place] != 0 {
      if hashes[place] == hash { return Int(table[place]) &- 1 }
      place = (place &+ 1) & 4095
    }
    return insert(at: place, hash, body, upstream, endpoint, product)
  }

  /// Eight bytes at a time; of the last word only those that are the name's.
  @inline(__always)
  private static func mix(_ hash: UInt64, _ body: RawSpan, _ range: (lower: Int, upper: Int)) -> UInt64 {
    var hash = hash
    var position = range.lower
    while position < range.upper {
      let left = range.upper &- position
      var word: UInt64
      if position &+ 8 <= body.byteCount {
        word = body.word(at: position)
      } else {
        word = 0
        for offset in 0..<left { word |= UInt64(body.byte(at: position &+ offset)) &<< UInt64(offset &* 8) }
      }
      if left < 8 { word &= (1 &<< UInt64(left &* 8)) &- 1 }
      hash = (hash ^ word) &* 0x9FB2_1C65_1E98_DF25
      hash ^= hash &>> 32
      position &+= 8
    }
    return (hash ^ UInt64(range.upper &- range.lower)) &* 0x9FB2_1C65_1E98_DF25
  }

  @inline(never)
  private mutating func insert(
    at place: Int, _ hash: UInt64, _ body: RawSpan, _ upstream: (lower: Int, upper: Int),
    _ endpoint: (lower: Int, upper: Int),
    _ product: UInt8
  ) -> Int {
    let others = TallyName.others(product)
    let products = LogProduct.allCases.count
    let bytes = body.bytes(upstream.lower..<upstream.upper) + body.bytes(endpoint.lower..<endpoint.upper)
    var name = TallyName(product: product, bytes: bytes, upstreamCount: upstream.upper - upstream.lower)
    // The last places are the products' own for what no longer has one.
    if names.count >= TrafficTally.namesMax - products || bytes.count > Self.nameBytesMax {
      if let known = names.firstIndex(of: others) { return known }
      name = others
      guard names.count < TrafficTally.namesMax else { return TrafficTally.namesMax - 1 }
      names.append(name)
      return names.count - 1
    }
    names.append(name)
    table[place] = UInt16(names.count)
    hashes[place] = hash
    return names.count - 1
  }

  /// Of upstream and endpoint together.
  static let nameBytesMax = 1024

  /// Everything that was counted, added to a tally.
  mutating func add(to tally: inout TrafficTally) {
    flush()
    while tally.slotSeconds < slots.slotSeconds { tally.widen() }
    for (key, count) in slots.counts {
      let (slot, index) = TallySlots.parts(key)
      tally.add(count, second: slot < 0 ? nil : slot * slots.slotSeconds, names[index])
    }
    for (status, count) in statuses.enumerated() where count > 0 {
      tally.statuses[UInt16(status), default: 0] += count
      tally.requests += count
    }
  }
}
