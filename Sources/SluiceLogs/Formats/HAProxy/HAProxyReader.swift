/// Divides a line of HAProxy's HTTP or TCP log (`option httplog`, `httpslog`, `tcplog`, with captures or without, and
/// close relatives of them made with `log-format`):
///
/// `client:port [time] listener~ upstream/endpoint 0/0/0/3/3 200 51 - - ---- 1/1/0/0/0 0/0 {captures} "request" rest`
///
/// Nearly every line of a log comes here whole, so it is one pass from left to right. What a configuration puts behind
/// the request is kept as `extra`.
enum HAProxyReader {
  static func read(_ line: RawSpan, _ fields: inout FieldSet) -> Bool {
    HAProxyRequestLine.read(line, &fields) || readAny(line, &fields)
  }

  static func readAny(_ line: RawSpan, _ fields: inout FieldSet) -> Bool {
    let count = line.byteCount
    let client = ByteScan.first(0x20, in: line, from: 0, to: count)
    guard client > 0, line.has(" [", at: client) else { return false }
    let close = ByteScan.first(0x5D, in: line, from: client &+ 2, to: count)
    guard line.letter(close &+ 1) == 0x20, RawSpan.isDigit(line.byte(at: client &+ 2)) else { return false }
    let listener = ByteScan.first(0x20, in: line, from: close &+ 2, to: count)
    let slash = ByteScan.first(0x2F, or: 0x20, in: line, from: listener &+ 1, to: count)
    guard listener < count, line.letter(slash) == 0x2F else { return false }
    let endpoint = ByteScan.first(0x20, in: line, from: slash, to: count)
    let timers = ByteScan.first(0x20, in: line, from: endpoint &+ 1, to: count)
    guard timers < count, timers > endpoint &+ 1 else { return false }
    fields.set(.client, 0, client)
    fields.set(.time, client &+ 2, close)
    fields.set(.listener, close &+ 2, line.byte(at: listener &- 1) == UInt8(ascii: "~") ? listener &- 1 : listener)
    fields.set(.upstream, listener &+ 1, slash)
    // `<NOSRV>`, `<STATS>`, `<PROMEX>`: no endpoint.
    if line.byte(at: slash &+ 1) != UInt8(ascii: "<") { fields.set(.endpoint, slash &+ 1, endpoint) }
    switch readTimers(line, endpoint &+ 1, timers, &fields) {
    case 4: return readHTTP(line, timers &+ 1, &fields)
    case 2: return readTCP(line, timers &+ 1, &fields)
    default: return false
    }
  }

  /// `TR/Tw/Tc/Tr/Ta`, or `Tw/Tc/Tt` of TCP. Only the fields that the number of slashes allows are set.
  @inline(__always)
  private static func readTimers(_ line: RawSpan, _ from: Int, _ to: Int, _ fields: inout FieldSet) -> Int {
    var starts = InlineArray<5, Int>(repeating: from)
    var slashes = 0
    var position = from
    while position < to {
      let byte = line.byte(at: position)
      if byte == 0x2F {
        guard slashes < 4 else { return 9 }
        slashes &+= 1
        starts[slashes] = position &+ 1
      } else if !RawSpan.isDigit(byte), byte != 0x2D, byte != 0x2B {
        return 9
      }
      position &+= 1
    }
    if slashes == 4 {
      fields.set(.requestTime, starts[0], starts[1] &- 1)
      fields.set(.queueTime, starts[1], starts[2] &- 1)
      fields.set(.connectTime, starts[2], starts[3] &- 1)
      fields.set(.headTime, starts[3], starts[4] &- 1)
      fields.set(.totalTime, starts[4], to)
    } else if slashes == 2 {
      fields.set(.queueTime, starts[0], starts[1] &- 1)
      fields.set(.connectTime, starts[1], starts[2] &- 1)
      fields.set(.totalTime, starts[2], to)
    }
    return slashes
  }

  @inline(__always)
  private static func readHTTP(_ line: RawSpan, _ start: Int, _ fields: inout FieldSet) -> Bool {
    let count = line.byteCount
    let status = ByteScan.first(0x20, in: line, from: start, to: count)
    let bytes = ByteScan.first(0x20, in: line, from: status &+ 1, to: count)
    guard status > start, bytes < count else { return false }
    fields.set(.status, start, status)
    fields.set(.bytes, status &+ 1, bytes)
    // The cookies, which a configuration may leave out, stand before the state.
    var state = bytes &+ 1
    var end = ByteScan.first(0x20, in: line, from: state, to: count)
    var cookies = 0
    while !isState(line, state, end, letters: 4) {
      guard cookies < 2, end < count else { return false }
      cookies &+= 1
      state = end &+ 1
      end = ByteScan.first(0x20, in: line, from: state, to: count)
    }
    fields.set(.terminationState, state, end)
    guard let queues = readCounts(line, end &+ 1, &fields) else { return false }
    return readRequest(line, queues, &fields)
  }

  @inline(__always)
  private static func readTCP(_ line: RawSpan, _ start: Int, _ fields: inout FieldSet) -> Bool {
    let count = line.byteCount
    let bytes = ByteScan.first(0x20, in: line, from: start, to: count)
    let state = ByteScan.first(0x20, in: line, from: bytes &+ 1, to: count)
    guard bytes > start, bytes < count, isState(line, bytes &+ 1, state, letters: 2) else { return false }
    fields.set(.bytes, start, bytes)
    fields.set(.terminationState, bytes &+ 1, state)
    guard let queues = readCounts(line, state &+ 1, &fields) else { return false }
    if queues &+ 1 < count { fields.set(.extra, queues &+ 1, count) }
    return true
  }

  /// `----` or `SH--`, with counts behind it.
  @inline(__always)
  private static func isState(_ line: RawSpan, _ from: Int, _ to: Int, letters: Int) -> Bool {
    guard to &- from == letters, RawSpan.isDigit(line.letter(to &+ 1)) else { return false }
    for position in from..<to {
      let byte = line.byte(at: position)
      guard byte == 0x2D || (byte | 0x20) &- 0x61 < 26 else { return false }
    }
    return true
  }

  /// `actconn/feconn/beconn/srvconn/retries` and `srv_queue/backend_queue`. Returns the place behind them.
  @inline(__always)
  private static func readCounts(_ line: RawSpan, _ start: Int, _ fields: inout FieldSet) -> Int? {
    let count = line.byteCount
    let counts = ByteScan.first(0x20, in: line, from: start, to: count)
    guard counts > start, counts < count else { return nil }
    var retries = counts
    while retries > start, line.byte(at: retries &- 1) != 0x2F { retries &-= 1 }
    guard retries > start, retries < counts else { return nil }
    fields.set(.connectionCounts, start, counts)
    fields.set(.retries, retries, counts)
    let queues = ByteScan.first(0x20, in: line, from: counts &+ 1, to: count)
    guard queues > counts &+ 1 else { return nil }
    fields.set(.queues, counts &+ 1, queues)
    return queues
  }

  /// Captures in braces, then the request in quotes; HAProxy writes quotes, braces and `#` within them as `#` and two
  /// digits. A line that was cut has no closing quote.
  @inline(__always)
  private static func readRequest(_ line: RawSpan, _ start: Int, _ fields: inout FieldSet) -> Bool {
    let count = line.byteCount
    var position = start
    while line.has(" {", at: position) {
      let close = ByteScan.first(UInt8(ascii: "}"), in: line, from: position, to: count)
      guard close < count else { return true }
      if !fields.has(.extra) { fields.set(.extra, position &+ 2, close) }
      position = close &+ 1
    }
    guard line.has(" \"", at: position) else {
      if position &+ 1 < count { fields.set(.extra, position &+ 1, count) }
      return true
    }
    let close = ByteScan.first(0x22, in: line, from: position &+ 2, to: count)
    fields.set(.request, position &+ 2, close)
    if close &+ 2 < count { fields.set(.extra, close &+ 2, count) }
    return true
  }
}
