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
  /// Unix times in milliseconds from which to which lines are of `currentSlot`: most are asked no more.
  private var currentTimes: Range<Int64> = 0..<0
  private var slots = TallySlots()
  /// Names of an entry, one behind the other.
  private var nameBytes: [UInt8] = []
  private var statuses = [Int](repeating: 0, count: 1000)

  /// Counts the request of an ordinary line: one without a status, as of a TCP session, went well, too.
  mutating func count(_ body: RawSpan, _ fields: borrowing FieldSet, _ product: UInt8, time: Int64?) {
    let status = fields.has(.status) ? Self.status(body, fields.bounds(.status)) : 0
    let upstream = fields.has(.upstream) ? fields.bounds(.upstream) : (0, 0)
    let endpoint = fields.has(.endpoint) ? fields.bounds(.endpoint) : (0, 0)
    let name = place(body, upstream, endpoint, product)
    add(name: name, status: status, time: time, isFailed: false)
  }

  /// Counts the request that an entry tells, if it tells one.
  mutating func count(_ entry: borrowing LogEntry, _ product: UInt8) {
    guard entry.kind == .request else { return }
    // Taken out while it is used, so that it is nobody else's.
    var bytes = nameBytes
    nameBytes = []
    bytes.removeAll(keepingCapacity: true)
    if let upstream = entry.upstream { bytes.append(contentsOf: upstream.utf8) }
    let upstreamCount = bytes.count
    if let endpoint = entry.endpoint { bytes.append(contentsOf: endpoint.utf8) }
    let count = bytes.count
    // So that a short name is read as one word.
    bytes.append(contentsOf: repeatElement(0, count: 8))
    let name = place(bytes.span.bytes, (0, upstreamCount), (upstreamCount, count), product)
    nameBytes = bytes
    let status = Int(entry.status ?? 0)
    add(name: name, status: status, time: entry.time, isFailed: status == 0 || status >= 500 && status < 600)
  }

  private mutating func add(name: Int, status: Int, time: Int64?, isFailed: Bool) {
    if let time, currentTimes.contains(time) {} else { turn(to: time) }
    if current[name].requests == 0 { touched.append(name) }
    current[name].requests += 1
    if isFailed { current[name].failed += 1 }
    statuses[status < 1000 ? status : 0] += 1
  }

  /// Begins to count another slot, where the time is of another.
  @inline(never)
  private mutating func turn(to time: Int64?) {
    let second = time.map { max(0, $0 / 1000) } ?? -1
    guard second < 0 || second / slots.slotSeconds != currentSlot else { return }
    if second < 0, currentSlot == -1 { return }
    flush()
    // Slots may have become longer.
    currentSlot = second < 0 ? -1 : second / slots.slotSeconds
    let length = slots.slotSeconds * 1000
    currentTimes = second < 0 ? 0..<0 : currentSlot * length..<(currentSlot + 1) * length
  }

  private mutating func flush() {
    let second = currentSlot < 0 ? nil : currentTimes.lowerBound / 1000
    for name in touched {
      slots.add(current[name], second: second, name: name)
      current[name] = TrafficTally.Count()
    }
    touched.removeAll(keepingCapacity: true)
  }

  @inline(__always)
  private static func status(_ body: RawSpan, _ range: (lower: Int, upper: Int)) -> Int {
    guard range.upper &- range.lower == 3, range.upper <= body.byteCount else { return 0 }
    let digits = (
      body.byte(at: range.lower) &- 0x30, body.byte(at: range.lower &+ 1) &- 0x30,
      body.byte(at: range.lower &+ 2) &- 0x30
    )
    guard digits.0 <= 9, digits.1 <= 9, digits.2 <= 9 else { return 0 }
    return Int(digits.0) &* 100 &+ Int(digits.1) &* 10 &+ Int(digits.2)
  }

  private mutating func place(
    _ body: RawSpan, _ upstream: (lower: Int, upper: Int), _ endpoint: (lower: Int, upper: Int), _ product: UInt8
  ) -> Int {
    var hash = Self.fold(
      Self.digest(body, upstream, 0x9E37_79B9_7F4A_7C15), Self.digest(body, endpoint, 0xD6E8_FEB8_6659_FD93))
    // Names that differ in bytes of 0 alone, and those of another product.
    let counts = UInt64(
      truncatingIfNeeded: (upstream.upper &- upstream.lower) &<< 32 &+ endpoint.upper &- endpoint.lower)
    hash = Self.fold(hash ^ counts ^ UInt64(product) &<< 56, 0x9FB2_1C65_1E98_DF25)
    var place = Int(truncatingIfNeeded: hash &>> 40) & 4095
    while table[place] != 0 {
      if hashes[place] == hash { return Int(table[place]) &- 1 }
      place = (place &+ 1) & 4095
    }
    return insert(at: place, hash, body, upstream, endpoint, product)
  }

  /// Of a name in words of eight bytes, of the last word only those that are the name's.
  @inline(__always)
  private static func digest(_ body: RawSpan, _ range: (lower: Int, upper: Int), _ seed: UInt64) -> UInt64 {
    let count = range.upper &- range.lower
    // Most names are one word.
    guard count <= 8, range.lower &+ 8 <= body.byteCount else { return digestLong(body, range, seed) }
    return seed ^ body.word(at: range.lower) & ~(UInt64.max << UInt64(truncatingIfNeeded: count &* 8))
  }

  @inline(never)
  private static func digestLong(_ body: RawSpan, _ range: (lower: Int, upper: Int), _ seed: UInt64) -> UInt64 {
    var hash = seed
    var position = range.lower
    while position < range.upper {
      var word: UInt64 = 0
      for offset in 0..<min(8, range.upper - position) {
        word |= UInt64(body.byte(at: position + offset)) << UInt64(offset * 8)
      }
      // A short name comes out the same here as in one word.
      hash = range.upper - range.lower <= 8 ? hash ^ word : fold(hash ^ word, 0x9FB2_1C65_1E98_DF25)
      position += 8
    }
    return hash
  }

  /// Both halves of a product: every bit of either number counts for every bit of the result.
  @inline(__always)
  private static func fold(_ one: UInt64, _ other: UInt64) -> UInt64 {
    let product = one.multipliedFullWidth(by: other)
    return product.high ^ product.low
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
    (currentSlot, currentTimes) = (.min, 0..<0)
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
