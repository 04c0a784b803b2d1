/// What stands behind the combined format without names. Times are told by their form, `0.003`, and by their order;
/// addresses and statuses by their form alone. What could be several things is left out.
struct NginxUnnamedParts {
  /// Times that are kept: more than that is no usual order.
  private static let timesMax = 4

  private var times = InlineArray<4, (from: Int, to: Int)>(repeating: (0, 0))
  private var count = 0
  /// Parts so far.
  private var parts = 0
  /// An address in quotes right behind the combined format: `$http_x_forwarded_for` stands there in nginx' own example,
  /// and in some formats the endpoint.
  private var first: (from: Int, to: Int)?

  mutating func add(_ line: RawSpan, _ from: Int, _ to: Int, isQuoted: Bool, _ fields: inout FieldSet) {
    guard from < to else { return }
    parts += 1
    let isMissing = to == from + 1 && line.byte(at: from) == 0x2D
    if isTime(line, from, to) || isMissing && count > 0 {
      guard count < Self.timesMax else { return }
      times[count] = (from, to)
      count += 1
    } else if !fields.has(.endpoint), isEndpoint(line, from, to) {
      if isQuoted, parts == 1 { first = (from, to) } else { fields.set(.endpoint, from, to) }
    } else if !fields.has(.upstreamStatus), isStatus(line, from, to) {
      fields.set(.upstreamStatus, from, to)
    }
  }

  /// Two times: the longer is the whole request's. Four: the whole, connecting, to the head, the response.
  func setTimes(_ line: RawSpan, _ fields: inout FieldSet) {
    if let first, !fields.has(.endpoint), fields.has(.upstreamStatus) { fields.set(.endpoint, first.from, first.to) }
    switch count {
    case 1: set(isList(line, 0) ? .upstreamResponseTime : .requestTime, 0, &fields)
    case 2:
      let isFirstWhole = isList(line, 1) || !isList(line, 0) && milliseconds(line, 0) >= milliseconds(line, 1)
      set(.requestTime, isFirstWhole ? 0 : 1, &fields)
      set(.upstreamResponseTime, isFirstWhole ? 1 : 0, &fields)
    case 3:
      set(.requestTime, 0, &fields)
      set(.upstreamResponseTime, 2, &fields)
    case 4:
      set(.requestTime, 0, &fields)
      set(.upstreamConnectTime, 1, &fields)
      set(.upstreamHeadTime, 2, &fields)
      set(.upstreamResponseTime, 3, &fields)
    default: break
    }
  }

  private func set(_ field: LogField, _ index: Int, _ fields: inout FieldSet) {
    if !fields.has(field) { fields.set(field, times[index].from, times[index].to) }
  }

  private func isList(_ line: RawSpan, _ index: Int) -> Bool {
    ByteScan.first(0x20, in: line, from: times[index].from, to: times[index].to) < times[index].to
  }

  /// -1 where there is none.
  private func milliseconds(_ line: RawSpan, _ index: Int) -> Int {
    var value = -1
    for position in times[index].from..<min(times[index].to, times[index].from + 12) {
      let byte = line.byte(at: position)
      guard RawSpan.isDigit(byte) else { continue }
      value = max(value, 0) * 10 + Int(byte - 0x30)
    }
    return value
  }

  /// `0.003`, as nginx writes every time, or a list of such.
  private func isTime(_ line: RawSpan, _ from: Int, _ to: Int) -> Bool {
    let point = line.endOfDigits(from)
    guard point > from, point + 4 <= to, line.byte(at: point) == 0x2E, line.endOfDigits(point + 1) == point + 4 else {
      return line.has("-, ", at: from) && isTime(line, from + 3, to)
    }
    let next = line.letter(point + 4)
    return point + 4 == to || next == 0x2C || next == 0x20
  }

  private func isStatus(_ line: RawSpan, _ from: Int, _ to: Int) -> Bool {
    let end = line.endOfDigits(from)
    guard end == from + 3, line.byte(at: from) >= 0x31, line.byte(at: from) <= 0x35 else { return false }
    return end == to || line.letter(end) == 0x2C
  }

  /// `127.0.0.1:3000` or `unix:/path`; an address without a port is a client's.
  private func isEndpoint(_ line: RawSpan, _ from: Int, _ to: Int) -> Bool {
    if line.has("unix:/", at: from) { return true }
    let first = line.byte(at: from)
    guard RawSpan.isDigit(first) || first == UInt8(ascii: "[") else { return false }
    var end = ByteScan.first(0x2C, or: 0x20, in: line, from: from, to: to)
    let digits = end
    while end > from, RawSpan.isDigit(line.byte(at: end - 1)) { end -= 1 }
    return end < digits && end > from && line.byte(at: end - 1) == 0x3A
  }
}
