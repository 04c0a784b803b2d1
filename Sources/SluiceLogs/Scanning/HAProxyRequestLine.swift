/// Reads lines of HAProxy's `option httplog`, the most frequent lines of the logs that this project reads.
///
/// A template could do it, in twice the time: here one search finds the spaces of 64 bytes at once, and all fields up to
/// the request stand between spaces. `client:port [time] listener upstream/endpoint TR/Tw/Tc/Tr/Ta status bytes cookie
/// cookie state counts queues {captured} "request"`; what stands behind the request is `extra`. HAProxy writes quotes
/// within the request and within captured headers as `#22`.
enum HAProxyRequestLine {
  @Sendable
  static func read(_ line: RawSpan, _ fields: inout FieldSet) -> Bool {
    let count = line.byteCount
    guard count >= 64 else { return false }
    var spaces = ByteCursor(0x20, in: line)
    let client = spaces.next(in: line)
    guard client + 2 < count, line.byte(at: client + 1) == 0x5B else { return false }
    let time = spaces.next(in: line)
    guard time < count, line.byte(at: time - 1) == 0x5D else { return false }
    let listener = spaces.next(in: line)
    let target = spaces.next(in: line)
    let timers = spaces.next(in: line)
    let status = spaces.next(in: line)
    guard status < count, isNumber(line.byte(at: timers + 1)) else { return false }
    let slash = ByteScan.first(0x2F, in: line, from: listener + 1, to: target)
    guard slash < target, times(line, target + 1, timers, &fields) else { return false }
    let bytes = spaces.next(in: line)
    _ = spaces.next(in: line)
    let cookies = spaces.next(in: line)
    let state = spaces.next(in: line)
    let counts = spaces.next(in: line)
    guard counts < count, state - cookies == 5 || state - cookies == 3 else { return false }
    let queues = spaces.next(in: line)
    let quote = ByteScan.first(0x22, in: line, from: queues, to: count)
    let endQuote = ByteScan.first(0x22, in: line, from: quote + 1, to: count)
    guard endQuote < count else { return false }
    setClient(line, client, &fields)
    fields.put(.time, client + 2, time - 1)
    fields.put(.listener, time + 1, listener)
    fields.put(.upstream, listener + 1, slash)
    fields.put(.endpoint, slash + 1, target)
    fields.put(.status, timers + 1, status)
    fields.put(.bytes, status + 1, bytes)
    fields.put(.terminationState, cookies + 1, state)
    fields.put(.connectionCounts, state + 1, counts)
    fields.put(.queues, counts + 1, queues)
    fields.put(.request, quote + 1, endQuote)
    fields.mark(Self.all)
    if endQuote + 2 < count { fields.set(.extra, endQuote + 2, count) }
    return true
  }

  private static let all = LogField.bits(
    .client, .time, .listener, .upstream, .endpoint, .requestTime, .queueTime, .connectTime, .headTime, .totalTime,
    .status, .bytes, .terminationState, .connectionCounts, .queues, .request)

  /// Without the port.
  @inline(__always)
  private static func setClient(_ line: RawSpan, _ end: Int, _ fields: inout FieldSet) {
    var colon = end &- 1
    while colon > 0, line.byte(at: colon) != 0x3A { colon &-= 1 }
    fields.put(.client, 0, colon > 0 ? colon : end)
  }

  /// Five times between slashes: the request's head, the queue, the connection, the response head, and all.
  @inline(__always)
  private static func times(_ line: RawSpan, _ start: Int, _ end: Int, _ fields: inout FieldSet) -> Bool {
    var position = start
    var from = start
    var part = 0
    while position < end {
      if line.byte(at: position) == 0x2F {
        switch part {
        case 0: fields.put(.requestTime, from, position)
        case 1: fields.put(.queueTime, from, position)
        case 2: fields.put(.connectTime, from, position)
        case 3: fields.put(.headTime, from, position)
        default: return false
        }
        part &+= 1
        from = position &+ 1
      }
      position &+= 1
    }
    fields.put(.totalTime, from, end)
    return part == 4
  }

  @inline(__always)
  private static func isNumber(_ byte: UInt8) -> Bool { byte == 0x2D || byte.isASCIIDigit }
}
