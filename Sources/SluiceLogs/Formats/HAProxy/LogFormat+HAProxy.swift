extension LogFormat {
  /// HAProxy.
  static let haproxy: [LogFormat] = [
    LogFormat(
      id: "haproxy", product: .haproxy, shape: .reader(HAProxyReader.read), time: .commonLog, isTimeOfStart: true,
      accepts: { _, fields in fields.mayBe(.haproxy) }, isOrdinary: isHAProxyOrdinary,
      unread: LogField.bits(.time, .requestTime, .connectionCounts, .queues, .program, .machine),
      fill: HAProxyEntry.fill),
    LogFormat(
      id: "haproxy-event", product: .haproxy, shape: .reader(HAProxyEventReader.read), time: .any,
      accepts: { _, fields in fields.mayBe(.haproxy) }, isOrdinary: { _, _ in false },
      entry: HAProxyEventEntry.entry),
    // A session that ended before its first request: a client's failed handshake, or a scanner.
    LogFormat(
      id: "haproxy-listener", product: .haproxy, shape: .template("{client} [{time}] {listener}/{_}: {message}"),
      time: .commonLog, accepts: acceptsHAProxyListener, isOrdinary: { _, _ in false }, entry: { _ in nil }),
    LogFormat(
      id: "haproxy-json", product: .haproxy, shape: .json(HAProxyNames.json), time: .any, isTimeOfStart: true,
      accepts: acceptsHAProxyJSON, isOrdinary: isHAProxyOrdinary, fill: HAProxyEntry.fill),
  ]

  /// The session ended by itself, at the first attempt, with 1xx to 4xx or without a status (TCP).
  @Sendable
  private static func isHAProxyOrdinary(_ line: RawSpan, _ fields: borrowing FieldSet) -> Bool {
    guard fields.has(.terminationState) else { return false }
    let state = fields.bounds(.terminationState)
    guard line.letter(state.lower) == 0x2D, line.letter(state.lower &+ 1) == 0x2D else { return false }
    if fields.has(.status) {
      let status = fields.bounds(.status)
      let first = line.letter(status.lower)
      guard status.upper &- status.lower == 3, first >= 0x31, first <= 0x34,
        line.letter(status.lower &+ 1).isASCIIDigit, line.letter(status.lower &+ 2).isASCIIDigit
      else { return false }
    }
    guard fields.has(.retries) else { return true }
    let retries = fields.bounds(.retries)
    return retries.upper &- retries.lower == 1 && line.letter(retries.lower) == 0x30
  }

  /// An address with a port and a time: the template's fields end where its literals begin, and may be anything.
  @Sendable
  private static func acceptsHAProxyListener(_ line: RawSpan, _ fields: borrowing FieldSet) -> Bool {
    guard fields.mayBe(.haproxy), let client = fields.range(.client), let listener = fields.range(.listener),
      let time = fields.range(.time)
    else { return false }
    return line.place(of: 0x20, from: client.lowerBound, to: client.upperBound) == nil
      && line.place(of: 0x3A, from: client.lowerBound, to: client.upperBound) != nil
      && line.place(of: 0x20, from: listener.lowerBound, to: listener.upperBound) == nil
      && line.letter(time.lowerBound + 2) == 0x2F && line.letter(time.lowerBound + 6) == 0x2F
  }

  /// A termination state of two or four letters, and the names that belong to it.
  @Sendable
  private static func acceptsHAProxyJSON(_ line: RawSpan, _ fields: borrowing FieldSet) -> Bool {
    guard fields.mayBe(.haproxy), let state = fields.range(.terminationState), state.count == 4 || state.count == 2,
      fields.hasAny([.upstream, .listener])
    else { return false }
    for position in state {
      let byte = line.letter(position)
      guard byte == 0x2D || (byte | 0x20) &- 0x61 < 26 else { return false }
    }
    return true
  }
}
