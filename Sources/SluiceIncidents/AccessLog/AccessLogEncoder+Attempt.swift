internal import SluiceCore

extension AccessLogEncoder {
  /// One element of `attempts`: at most 700 bytes and the endpoint's name.
  static func write(
    _ attempt: AttemptRecord, startedAt: Instant, names: RecordNames, into output: inout OutputSpan<UInt8>
  ) {
    output.write("{\"phase\":\"")
    output.write(attempt.phase.identifier)
    output.write("\"")
    write(names.endpoint(attempt.endpoint), of: names, into: &output)
    if attempt.address.family != .none {
      output.write(",\"address\":\"")
      output.write(attempt.address)
      output.write("\"")
    }
    if attempt.access != .usual {
      output.write(",\"pick\":\"")
      output.write(attempt.access.identifier)
      output.write("\"")
    }
    if let cause = attempt.cause { write(",\"cause\":\"", CauseNames.identifier(cause), into: &output) }
    if attempt.systemError != 0 { write(systemError: attempt.systemError, into: &output) }
    if let code = attempt.responseCode.name { write(",\"rcode\":\"", Array(code.utf8), into: &output) }
    if attempt.startedAt != .never, startedAt != .never {
      output.write(",\"startMs\":")
      output.write(milliseconds: (attempt.startedAt - startedAt).inMicroseconds)
    }
    write(",\"queueMs\":", attempt.queue, into: &output)
    write(",\"resolveMs\":", attempt.resolve, into: &output)
    write(",\"connectMs\":", attempt.connect, into: &output)
    write(",\"tlsMs\":", attempt.tls, into: &output)
    write(",\"sendMs\":", attempt.send, into: &output)
    write(",\"firstByteMs\":", attempt.firstByte, into: &output)
    write(",\"receiveMs\":", attempt.receive, into: &output)
    if attempt.isReused {
      output.write(",\"reused\":true,\"ageMs\":")
      output.write(decimal: UInt64(max(attempt.connectionAge, 0)))
      output.write(",\"idleMs\":")
      output.write(decimal: UInt64(max(attempt.connectionIdle, 0)))
      output.write(",\"uses\":")
      output.write(decimal: UInt64(attempt.connectionUses))
    }
    output.write(",\"bytesSent\":")
    output.write(decimal: attempt.bytesSent)
    output.write(",\"bytesReceived\":")
    output.write(decimal: attempt.bytesReceived)
    if attempt.status != 0 {
      output.write(",\"status\":")
      output.write(decimal: UInt64(attempt.status))
    }
    output.write("}")
  }

  private static func write(_ key: StaticString, _ microseconds: Int32, into output: inout OutputSpan<UInt8>) {
    guard microseconds >= 0 else { return }
    output.write(key)
    output.write(milliseconds: Int64(microseconds))
  }

  private static func write(systemError: Int32, into output: inout OutputSpan<UInt8>) {
    output.write(",\"errno\":\"")
    if let name = systemErrorName(systemError) {
      output.write(name)
    } else {
      output.write(decimal: UInt64(systemError.magnitude))
    }
    output.write("\"")
  }
}
