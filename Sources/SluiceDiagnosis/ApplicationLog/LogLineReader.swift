/// Bytes of a log as lines with their times.
public enum LogLineReader {
  /// Lines of a stack trace that one JSON object may hold.
  static let innerLinesMax = 64

  /// One line of a file, and what it holds.
  public static func lines(_ raw: ArraySlice<UInt8>, clock: LogClock) -> [LogLine] {
    let text = LogText.plain(raw.prefix(LogLine.bytesMax))
    guard let fields = LogFields(LogText.plain(raw.prefix(LogFields.bytesMax))) else {
      let found = LogTimeReader.found(in: text)
      let (body, process) = LogPrefix.body(of: text, timeEnd: found?.end)
      return [LogLine(time: found.flatMap { clock.time($0.time) }, text: text, body: body, process: process)]
    }
    let time = LogTimeReader.time(of: fields).flatMap(clock.time)
    return lines(of: fields, time: time, text: text)
  }

  /// An entry of the journal: its message may have several lines.
  public static func lines(message: [UInt8], time: Int64?, process: Int32?) -> [LogLine] {
    LogText.lines(of: message).enumerated().flatMap { index, range in
      let raw = message[range]
      let text = LogText.plain(raw.prefix(LogLine.bytesMax))
      if let fields = LogFields(LogText.plain(raw.prefix(LogFields.bytesMax))) {
        return lines(of: fields, time: time, text: text)
      }
      return [LogLine(time: index == 0 ? time : nil, text: text, body: text, process: process)]
    }
  }

  /// The message, what it says of an error, and the lines of that error's trace.
  private static func lines(of fields: LogFields, time: Int64?, text: ArraySlice<UInt8>) -> [LogLine] {
    let message = ["msg", "message", "fields.message", "@m", "@mt", "Message", "event", "textPayload", "log"]
    let errors = [
      "err.message", "error.message", "error", "err", "exception.message", "error.msg", "fields.error", "exc_info",
    ]
    let stacks = [
      "err.stack", "error.stack", "stack", "stack_trace", "stacktrace", "error.stack_trace", "exception.stacktrace",
      "@x", "Exception", "exception", "exc_info", "errorVerbose", "trace",
    ]
    let said = [first(of: message, in: fields), first(of: errors, in: fields)].compactMap { $0 }
    let body = Array(said.joined(separator: ": ").utf8)
    let process = (fields["pid"] ?? fields["process.pid"]).flatMap { Int32($0) }
    let isError = LogLevel.isError(fields)
    var lines = [
      LogLine(time: time, text: text, body: (isError ? Array("ERROR ".utf8) + body : body)[...], process: process)
    ]
    guard let stack = first(of: stacks, in: fields), stack.contains("\n") else { return lines }
    let bytes = Array(stack.utf8)
    for range in LogText.lines(of: bytes).prefix(innerLinesMax) {
      lines.append(LogLine(time: nil, text: [], body: LogText.plain(bytes[range]), process: process, isInner: true))
    }
    return lines
  }

  private static func first(of keys: [String], in fields: LogFields) -> String? {
    keys.lazy.compactMap { fields[$0] }.first { !$0.isEmpty }
  }
}
