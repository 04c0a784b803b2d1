public import Logging
internal import SluiceIncidents

/// Log messages through a sink, so that a standard error that nobody reads never holds up whoever logs.
public struct SinkLogHandler: LogHandler {
  public enum Format: Sendable, Equatable {
    /// `2026-08-21T12:00:00.123Z warning message key=value`.
    case text(colored: Bool)
    /// One object on each line.
    case json
  }

  /// Bytes of a message or value; a longer one is cut.
  static let textBytesMax = 8192

  public var metadata: Logger.Metadata = [:]
  public var metadataProvider: Logger.MetadataProvider?
  public var logLevel: Logger.Level

  private let label: String
  private let sink: LogSink
  private let format: Format
  private let wallMilliseconds: @Sendable () -> Int64

  /// - Parameters:
  ///   - wallMilliseconds: Unix time in milliseconds, for the lines' times; nil: the clock's.
  public init(
    label: String, sink: LogSink, format: Format = .text(colored: false), level: Logger.Level = .info,
    wallMilliseconds: (@Sendable () -> Int64)? = nil
  ) {
    self.label = label
    self.sink = sink
    self.format = format
    self.wallMilliseconds = wallMilliseconds ?? { Clock.wallMilliseconds() }
    logLevel = level
  }

  /// Colours only on a terminal, and never where NO_COLOR is set to anything but the empty text.
  public static func format(isTerminal: Bool, noColor: String?, json: Bool) -> Format {
    if json { return .json }
    return .text(colored: isTerminal && (noColor ?? "").isEmpty)
  }

  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  public func log(event: LogEvent) {
    var all = metadata
    if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
    if let own = event.metadata { all.merge(own) { $1 } }
    if let error = event.error { all["error"] = "\(error)" }
    let pairs = all.map { (key: $0.key, value: $0.value.description) }.sorted { $0.key < $1.key }
    var timestamp = Timestamp()
    let time = [UInt8](capacity: 24) { timestamp.write(wallMilliseconds(), into: &$0) }
    let message = event.message.description
    switch format {
    case .text(let colored): sink.offer(text(time, event.level, message, pairs, colored))
    case .json: sink.offer(json(time, event.level, message, pairs))
    }
  }

  // MARK: Lines

  private func text(
    _ time: [UInt8], _ level: Logger.Level, _ message: String, _ pairs: [(key: String, value: String)], _ colored: Bool
  ) -> [UInt8] {
    var line = time
    line.append(0x20)
    if colored { line.append(contentsOf: Self.color(level).utf8) }
    line.append(contentsOf: level.rawValue.utf8)
    if colored { line.append(contentsOf: "\u{1b}[0m".utf8) }
    line.append(0x20)
    line.append(contentsOf: Self.escaped(message))
    for (key, value) in pairs {
      line.append(0x20)
      line.append(contentsOf: Self.escaped(key))
      line.append(0x3D)
      let isPlain = !value.isEmpty && !value.utf8.contains { $0 == 0x20 || $0 == 0x22 || $0 == 0x3D }
      if !isPlain { line.append(0x22) }
      line.append(contentsOf: Self.escaped(value, quoted: !isPlain))
      if !isPlain { line.append(0x22) }
    }
    line.append(0x0A)
    return line
  }

  private func json(
    _ time: [UInt8], _ level: Logger.Level, _ message: String, _ pairs: [(key: String, value: String)]
  ) -> [UInt8] {
    var line = Array("{\"time\":\"".utf8)
    line.append(contentsOf: time)
    line.append(contentsOf: "\",\"level\":\"\(level.rawValue)\",\"logger\":\"".utf8)
    line.append(contentsOf: Self.escaped(label, quoted: true))
    line.append(contentsOf: "\",\"message\":\"".utf8)
    line.append(contentsOf: Self.escaped(message, quoted: true))
    line.append(0x22)
    if !pairs.isEmpty {
      line.append(contentsOf: ",\"metadata\":{".utf8)
      for (index, pair) in pairs.enumerated() {
        line.append(contentsOf: index > 0 ? ",\"".utf8 : "\"".utf8)
        line.append(contentsOf: Self.escaped(pair.key, quoted: true))
        line.append(contentsOf: "\":\"".utf8)
        line.append(contentsOf: Self.escaped(pair.value, quoted: true))
        line.append(0x22)
      }
      line.append(0x7D)
    }
    line.append(contentsOf: "}\n".utf8)
    return line
  }

  /// Control characters as in JSON, so that a message is one line and moves no cursor.
  private static func escaped(_ text: String, quoted: Bool = false) -> [UInt8] {
    let bytes = Array(text.utf8)
    let escaped = [UInt8](capacity: jsonExpansionMax * min(bytes.count, textBytesMax) + 8) { output in
      output.write(json: bytes, limit: textBytesMax)
    }
    guard !quoted else { return escaped }
    // Outside of quotes a quote or backslash needs no backslash.
    var plain: [UInt8] = []
    var index = 0
    while index < escaped.count {
      if escaped[index] == 0x5C, index + 1 < escaped.count, escaped[index + 1] == 0x22 || escaped[index + 1] == 0x5C {
        index += 1
      }
      plain.append(escaped[index])
      index += 1
    }
    return plain
  }

  private static func color(_ level: Logger.Level) -> String {
    switch level {
    case .trace, .debug: "\u{1b}[2m"
    case .info: "\u{1b}[36m"
    case .notice: "\u{1b}[32m"
    case .warning: "\u{1b}[33m"
    case .error, .critical: "\u{1b}[31m"
    }
  }
}
