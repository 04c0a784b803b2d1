internal import Glibc
public import Logging
public import SluiceConfiguration
internal import SluiceCore
internal import SluiceIncidents

/// Everything that the gateway writes: the access log, failed exchanges and its own log on standard error.
///
/// All of it goes through sinks with bounds, so that a full disk or an unread pipe costs lines and never a request.
public final class GatewayOutput: Sendable {
  public let logger: Logger
  let failures: FailureLog
  private let access: LogSink?
  private let error: LogSink

  /// How long the end waits for lines that are still queued.
  public static let stopTime = Duration.seconds(2)

  /// - Parameters:
  ///   - format: of the gateway's own log.
  ///   - errors: the descriptor that failed exchanges and the gateway's own log are written to; not closed by us.
  /// - Throws: `OutputError` where the access log cannot be opened.
  public init(_ configuration: Configuration, format: SinkLogHandler.Format, errors: Int32 = 2) throws {
    do {
      let error = try LogSink(.descriptor(errors))
      self.error = error
      logger = Logger(label: "sluice") { SinkLogHandler(label: $0, sink: error, format: format) }
      failures = FailureLog(sink: error)
      let logger = logger
      access = try configuration.accessLog.map { try Self.open($0, logger) }
    } catch let failure as LogSink.OpenFailure {
      throw OutputError(path: failure.path, errno: failure.errno)
    }
  }

  private static func open(_ configuration: AccessLogConfiguration, _ logger: Logger) throws -> LogSink {
    let target: LogSink.Target =
      switch configuration.destination {
      case .standardOutput: .descriptor(STDOUT_FILENO)
      case .file(let path): .file(path: path)
      }
    return try LogSink(target) { report in
      switch report {
      case .failing(let errno): logger.error("the access log cannot be written: \(String(cString: strerror(errno)))")
      case .dropped(let lines, let bytes):
        logger.warning("the access log can be written again; \(lines) lines (\(bytes) bytes) were dropped")
      case .reopened: logger.info("access log reopened")
      case .reopenFailed(let errno):
        logger.error(
          "the access log cannot be opened again: \(String(cString: strerror(errno))); the old file is written to")
      }
    }
  }

  /// A worker's own part of the access log.
  func workerLog(_ configuration: AccessLogConfiguration?) -> WorkerLog {
    WorkerLog(sink: access, query: configuration?.query == .full ? .full : .names)
  }

  /// Lines that were dropped so far, access log and standard error together.
  public var droppedLines: UInt64 { (access?.counters.droppedLines ?? 0) + error.counters.droppedLines }

  func reopen() { access?.reopen() }

  /// Writes what is queued, for as long as `stopTime`.
  public func stop() {
    _ = access?.stop(within: Self.stopTime)
    _ = error.stop(within: Self.stopTime)
  }
}

/// A log that could not be opened.
public struct OutputError: Error, CustomStringConvertible {
  let path: String
  let errno: Int32

  public var description: String {
    "cannot open the access log \(path): \(String(cString: strerror(errno))); "
      + "create its folder and give this user the right to write there"
  }
}
