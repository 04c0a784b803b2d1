public import SluiceCore
internal import SluiceWire

/// The line for a person that standard error gets for a failed exchange.
///
/// `502 connect_refused GET api.example.com/v1/x -> api http://127.0.0.1:3000 (127.0.0.1:3000): The endpoint's machine
/// refused the connection: nothing listens on that port (ECONNREFUSED), 0.412 ms, id 01J…`. It is ASCII whatever the
/// client sent: other bytes are escaped, so that no request can move a terminal's cursor or forge a line.
public enum FailureLine {
  /// Bytes of the host and of the path in a line.
  public static let textBytesMax = 256
  private static let lineBytesMax = 4096

  /// Whether the exchange is told: it ended with a cause.
  public static func isTold(_ record: ExchangeRecord) -> Bool { record.cause != nil }

  /// Adds the line, its line feed included; nothing where the exchange has no cause.
  public static func append(
    _ record: ExchangeRecord, attempts: Span<AttemptRecord>, head: RawSpan, names: RecordNames,
    to line: inout [UInt8]
  ) {
    guard let cause = record.cause else { return }
    line.append(addingCapacity: lineBytesMax + 2 * names.longest) { output in
      if record.status == 0 { output.write("---") } else { output.write(decimal: UInt64(record.status)) }
      output.write(" ")
      output.write(CauseNames.identifier(cause))
      writeTarget(record, head: head, into: &output)
      let last = attempts.isEmpty ? nil : attempts[attempts.count - 1]
      writeUpstream(record, last, names: names, into: &output)
      output.write(": ")
      writeReason(record, cause, last, into: &output)
      if attempts.count > 1 {
        output.write(", ")
        output.write(decimal: UInt64(attempts.count))
        output.write(" attempts")
      }
      if let reason = record.notRetriedBecause {
        output.write(", not retried: ")
        output.write(reason.identifier)
      }
      output.write(", ")
      output.write(milliseconds: record.total.inMicroseconds)
      output.write(" ms, id ")
      output.write(record.id)
      output.write("\n")
    }
  }

  private static func writeTarget(_ record: ExchangeRecord, head: RawSpan, into output: inout OutputSpan<UInt8>) {
    guard !record.method.isEmpty || !record.path.isEmpty else {
      output.write(" from ")
      output.write(record.client)
      return
    }
    output.write(" ")
    write(ascii: head, record.method, limit: 32, into: &output)
    output.write(" ")
    write(ascii: head, record.host, limit: textBytesMax, into: &output)
    write(ascii: head, record.path, limit: textBytesMax, into: &output)
  }

  private static func writeUpstream(
    _ record: ExchangeRecord, _ attempt: AttemptRecord?, names: RecordNames, into output: inout OutputSpan<UInt8>
  ) {
    guard let upstream = names.upstream(record.upstream) else { return }
    output.write(" -> ")
    output.write(names.text, upstream.name)
    guard let attempt else { return }
    if let endpoint = names.endpoint(attempt.endpoint) {
      output.write(" ")
      output.write(names.text, endpoint.name)
    }
    guard attempt.address.family != .none else { return }
    output.write(" (")
    output.write(attempt.address)
    output.write(")")
  }

  private static func writeReason(
    _ record: ExchangeRecord, _ cause: Cause, _ attempt: AttemptRecord?, into output: inout OutputSpan<UInt8>
  ) {
    let sentence = record.rule?.sentence ?? cause.summary
    output.write(Array(sentence.hasSuffix(".") ? sentence.dropLast().utf8 : sentence.utf8[...]))
    if let rule = record.rule {
      output.write(" (")
      output.write(Array(rule.section.utf8))
      output.write(")")
    }
    guard let error = attempt?.systemError, error != 0 else { return }
    output.write(" (")
    if let name = systemErrorName(error) {
      output.write(name)
    } else {
      output.write("errno ")
      output.write(decimal: UInt64(error.magnitude))
    }
    output.write(")")
  }

  private static func write(
    ascii source: RawSpan, _ range: ByteRange, limit: Int, into output: inout OutputSpan<UInt8>
  ) {
    let end = min(range.offsets.upperBound, source.byteCount)
    let start = min(range.offsets.lowerBound, end)
    for offset in start..<min(end, start + limit) {
      let byte = source.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
      guard !(0x21...0x7E).contains(byte) || byte == 0x5C else {
        output.write(byte: byte)
        continue
      }
      output.write("\\x")
      for digit in [byte >> 4, byte & 15] { output.write(byte: digit < 10 ? 0x30 + digit : 0x57 + digit) }
    }
    if end - start > limit { output.write("...") }
  }
}
