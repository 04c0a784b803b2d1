public import SluiceCore
internal import SluiceWire

/// Writes a record as one line of JSON, straight into the worker's log buffer.
///
/// Keys are camelCase, identifiers as values snake_case; what is not known is left out. Times are milliseconds with
/// three decimals. `AccessLogDecoder` reads the line back. It allocates only where `line` must grow.
public struct AccessLogEncoder: Sendable {
  /// Bytes of a path, and of a query, that a line keeps; a longer one ends with an ellipsis.
  public static let targetBytesMax = 8192
  /// Bytes of each other text.
  public static let textBytesMax = 1024
  /// Attempts that a line holds: the first ones.
  public static let attemptsMax = 16

  private let query: QueryDetail
  private var timestamp = Timestamp()

  public init(query: QueryDetail = .names) { self.query = query }

  /// Adds a line, its line feed included.
  ///
  /// - Parameters:
  ///   - attempts: The exchange's attempts in their order.
  ///   - head: The block that the record's ranges point into; a range outside of it is written as far as it is inside.
  ///   - names: Of the generation that the exchange was pinned to.
  ///   - line: Grows by the line.
  public mutating func encode(
    _ record: ExchangeRecord, attempts: Span<AttemptRecord>, head: RawSpan, names: RecordNames,
    into line: inout [UInt8]
  ) {
    let capacity = Self.bound(record, attempts: attempts.count, names: names)
    line.append(addingCapacity: capacity) { output in
      writeRequest(record, head: head, names: names, into: &output)
      writeOutcome(record, names: names, into: &output)
      if !attempts.isEmpty {
        output.write(",\"attempts\":[")
        for index in 0..<min(attempts.count, Self.attemptsMax) {
          if index > 0 { output.write(byte: 0x2C) }
          Self.write(attempts[index], startedAt: record.startedAt, names: names, into: &output)
        }
        output.write("]")
        if Self.usedPanic(attempts) { output.write(",\"panicMode\":true") }
      }
      if let reason = record.notRetriedBecause {
        output.write(",\"notRetriedBecause\":\"")
        output.write(reason.identifier)
        output.write("\"")
      }
      output.write(",\"totalMs\":")
      output.write(milliseconds: record.total.inMicroseconds)
      if record.isGenerated { output.write(",\"generated\":true") }
      if record.isAborted { output.write(",\"aborted\":true") }
      Self.write(",\"clientRequestId\":\"", record.clientRequestID, Self.textBytesMax, of: head, into: &output)
      Self.write(",\"userAgent\":\"", record.userAgent, Self.textBytesMax, of: head, into: &output)
      output.write("}\n")
    }
  }

  /// Bytes that a line can have at most.
  private static func bound(_ record: ExchangeRecord, attempts: Int, names: RecordNames) -> Int {
    let targets = min(record.path.count, targetBytesMax) + min(record.query.count, targetBytesMax)
    let texts =
      min(record.method.count, textBytesMax) + min(record.host.count, textBytesMax)
      + min(record.clientRequestID.count, textBytesMax) + min(record.userAgent.count, textBytesMax)
    let attempts = min(attempts, attemptsMax)
    return 1344 + jsonExpansionMax * (targets + texts) + (4 + attempts) * names.longest + attempts * 768
  }

  private mutating func writeRequest(
    _ record: ExchangeRecord, head: RawSpan, names: RecordNames, into output: inout OutputSpan<UInt8>
  ) {
    output.write("{\"time\":\"")
    timestamp.write(record.wallTime, into: &output)
    output.write("\",\"id\":\"")
    output.write(record.id)
    output.write("\"")
    Self.write(trace: record, of: head, into: &output)
    if record.client.family != .none {
      output.write(",\"client\":\"")
      output.write(record.client)
      output.write("\"")
    }
    Self.write(names.listener(record.listener), of: names, into: &output)
    if !record.method.isEmpty { Self.write(record.version, into: &output) }
    if let tls = record.tls {
      output.write(",\"tls\":\"")
      output.write(tls.name)
      output.write("\"")
    }
    Self.write(",\"method\":\"", record.method, Self.textBytesMax, of: head, into: &output)
    Self.write(names.scheme(record.listener), of: names, into: &output)
    Self.write(",\"host\":\"", record.host, Self.textBytesMax, of: head, into: &output)
    Self.write(",\"path\":\"", record.path, Self.targetBytesMax, of: head, into: &output)
    if !record.query.isEmpty {
      switch query {
      case .full: Self.write(",\"query\":\"", record.query, Self.targetBytesMax, of: head, into: &output)
      case .names: Self.write(queryNames: record.query, of: head, into: &output)
      }
    }
  }

  private func writeOutcome(_ record: ExchangeRecord, names: RecordNames, into output: inout OutputSpan<UInt8>) {
    output.write(",\"status\":")
    output.write(decimal: UInt64(record.status))
    output.write(",\"bytesIn\":")
    output.write(decimal: record.bytesIn)
    output.write(",\"bytesOut\":")
    output.write(decimal: record.bytesOut)
    Self.write(names.route(record.route), of: names, into: &output)
    Self.write(names.upstream(record.upstream), of: names, into: &output)
    if let cause = record.cause {
      Self.write(",\"cause\":\"", CauseNames.identifier(cause), into: &output)
      Self.write(",\"who\":\"", CauseNames.owner(cause), into: &output)
    }
    if let rule = record.rule { Self.write(",\"rule\":\"", CauseNames.identifier(rule), into: &output) }
    output.write(",\"phase\":\"")
    output.write(record.phase.identifier)
    output.write("\"")
  }

  /// Whether an endpoint was used because none was available.
  private static func usedPanic(_ attempts: Span<AttemptRecord>) -> Bool {
    for index in attempts.indices where attempts[index].access == .panic { return true }
    return false
  }

  // MARK: Parts

  @inline(__always)
  static func write(_ member: RecordNames.Member?, of names: RecordNames, into output: inout OutputSpan<UInt8>) {
    if let member { output.write(names.text, member.whole) }
  }

  static func write(_ key: StaticString, _ name: [UInt8]?, into output: inout OutputSpan<UInt8>) {
    guard let name else { return }
    output.write(key)
    output.write(name)
    output.write("\"")
  }

  private static func write(
    _ key: StaticString, _ range: ByteRange, _ limit: Int, of head: RawSpan, into output: inout OutputSpan<UInt8>
  ) {
    guard !range.isEmpty else { return }
    output.write(key)
    output.write(json: head, range.offsets, limit: limit)
    output.write("\"")
  }

  /// The trace that the gateway takes part in, or else the one that the client named.
  private static func write(trace record: ExchangeRecord, of head: RawSpan, into output: inout OutputSpan<UInt8>) {
    var trace = record.trace
    let named = record.traceParent.offsets
    if trace.isNone, !named.isEmpty, named.upperBound <= head.byteCount {
      trace = TraceParent(head.extracting(named))?.trace ?? .none
    }
    guard !trace.isNone else { return }
    output.write(",\"traceId\":\"")
    write(hex: trace.high, into: &output)
    write(hex: trace.low, into: &output)
    output.write("\"")
  }

  private static func write(hex word: UInt64, into output: inout OutputSpan<UInt8>) {
    let (upper, lower) = HexText.characters(word)
    output.write(word: upper, count: 8)
    output.write(word: lower, count: 8)
  }

  private static func write(_ version: HTTPVersion, into output: inout OutputSpan<UInt8>) {
    switch version {
    case .http10: output.write(",\"protocol\":\"HTTP/1.0\"")
    case .http11: output.write(",\"protocol\":\"HTTP/1.1\"")
    case .http2: output.write(",\"protocol\":\"HTTP/2\"")
    }
  }

  /// What stands before the first `=` of each part.
  private static func write(queryNames range: ByteRange, of head: RawSpan, into output: inout OutputSpan<UInt8>) {
    output.write(",\"query\":\"")
    let end = min(range.offsets.upperBound, head.byteCount)
    let isCut = range.count > targetBytesMax
    let upper = isCut ? min(end, range.offsets.lowerBound + targetBytesMax) : end
    var start = range.offsets.lowerBound
    if start < upper, head.unsafeLoad(fromByteOffset: start, as: UInt8.self) == 0x3F { start += 1 }
    var offset = start
    var nameEnd: Int?
    while offset <= upper {
      let byte = offset < upper ? head.unsafeLoad(fromByteOffset: offset, as: UInt8.self) : 0x26
      if byte == 0x3D, nameEnd == nil { nameEnd = offset }
      if byte == 0x26 {
        output.write(json: head, start..<(nameEnd ?? offset), limit: .max)
        if offset < upper { output.write(byte: 0x26) }
        start = offset + 1
        nameEnd = nil
      }
      offset += 1
    }
    if isCut { output.write("…") }
    output.write("\"")
  }
}
