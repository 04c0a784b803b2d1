internal import Glibc
public import Logging
public import SluiceConfiguration
internal import SluiceCore
public import SluiceIncidents
internal import Synchronization

/// Everything that the gateway writes: the access log, failed exchanges and its own log on standard error.
///
/// All of it goes through sinks with bounds, so that a full disk or an unread pipe costs lines and never a request.
public final class GatewayOutput: Sendable {
  public let logger: Logger
  let failures: FailureLog
  /// nil: incidents are not kept.
  let incidents: IncidentLog?
  private let access: Mutex<AccessLog?>
  private let error: LogSink
  /// Takes spans from workers.
  let onSpans: @Sendable (SpanBlock) -> Void

  private struct AccessLog {
    let configuration: AccessLogConfiguration
    let sink: LogSink
  }

  /// Sinks of access logs that a reload replaced: they may still lose lines until they are gone.
  private let retired = Mutex(RetiredSinks())

  /// How long the end waits for lines that are still queued.
  public static let stopTime = Duration.seconds(2)

  /// - Parameters:
  ///   - format: of the gateway's own log.
  ///   - errors: the descriptor that failed exchanges and the gateway's own log are written to; not closed by us.
  ///   - store: the file that failed exchanges are kept in; nil: they are not kept.
  ///   - onProblem: called on the store's thread when a problem starts, persists or ends; it must not wait.
  ///   - onSpans: called on workers with spans to be exported; it must not wait.
  /// - Throws: `OutputError` where the access log cannot be opened.
  public init(
    _ configuration: Configuration, format: SinkLogHandler.Format, errors: Int32 = 2, store: String? = nil,
    onProblem: @escaping @Sendable (ProblemEvent) -> Void = { _ in },
    onSpans: @escaping @Sendable (SpanBlock) -> Void = { _ in }
  ) throws {
    self.onSpans = onSpans
    do {
      let sink = try LogSink(.descriptor(errors))
      error = sink
      logger = Logger(label: "sluice") { SinkLogHandler(label: $0, sink: sink, format: format) }
      failures = FailureLog(sink: sink)
      let logger = logger
      incidents = store.map { path in
        IncidentLog(path: path, configuration, onProblem: onProblem) { logger.log($0) }
      }
      access = Mutex(nil)
    } catch {
      throw OutputError(path: error.path, errno: error.errno)
    }
    try adopt(configuration)
  }

  /// Opens what a reload names anew; an access log that stays is opened again, for rotation.
  ///
  /// - Throws: `OutputError`; the old access log goes on then.
  func adopt(_ configuration: Configuration) throws {
    incidents?.adopt(configuration)
    let old = access.withLock { $0 }
    guard let wanted = configuration.accessLog else {
      access.withLock { $0 = nil }
      _ = old?.sink.stop(within: Self.stopTime)
      if let old { retired.withLock { $0.add(old.sink) } }
      return
    }
    if let old, old.configuration.destination == wanted.destination {
      access.withLock { $0 = AccessLog(configuration: wanted, sink: old.sink) }
      old.sink.reopen()
      return
    }
    do {
      let sink = try Self.open(wanted, logger)
      access.withLock { $0 = AccessLog(configuration: wanted, sink: sink) }
      // Lines that workers still gather for the old one are written before it ends.
      if let old { retired.withLock { $0.add(old.sink) } }
      Self.retire(old?.sink)
    } catch {
      throw OutputError(path: error.path, errno: error.errno)
    }
  }

  private static func retire(_ sink: LogSink?) {
    guard let sink else { return }
    Task.detached {
      try? await Task.sleep(for: .seconds(1))
      _ = sink.stop(within: stopTime)
    }
  }

  private static func open(
    _ configuration: AccessLogConfiguration, _ logger: Logger
  ) throws(LogSink.OpenFailure) -> LogSink {
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
  func workerLog() -> WorkerLog {
    let log = access.withLock { $0 }
    return WorkerLog(sink: log?.sink, query: log?.configuration.query == .full ? .full : .names)
  }

  /// What incidents keep of a request is what the access log would.
  func incidentEncoder() -> AccessLogEncoder {
    AccessLogEncoder(query: access.withLock { $0 }?.configuration.query == .full ? .full : .names)
  }

  /// Keeps what was seen of an endpoint beside its incidents. Never waits.
  public func keep(_ examination: Examination) { incidents?.note(examination) }

  /// Tells what was only counted; for one timer of the process, several times a second.
  func tick(at now: Instant) {
    failures.tick(at: now)
    incidents?.tick(at: now)
  }

  /// Keeps who listens at an endpoint of this machine. Never waits.
  ///
  /// - Parameter endpoint: as configured.
  public func note(_ sighting: ProcessSighting, of endpoint: String, in upstream: String) {
    incidents?.note(sighting, of: endpoint, in: upstream)
  }

  /// Lines that were dropped so far, access log and standard error together.
  public var droppedLines: UInt64 { queues.prefix(2).reduce(0) { $0 + $1.dropped } }

  /// The queues to writers: access log, standard error, and the store where there is one.
  public var queues: [QueueReading] {
    let access = access.withLock { $0 }?.sink.counters
    let before = retired.withLock { $0.droppedLines }
    let error = error.counters
    return [
      QueueReading(
        name: "access_log", dropped: before + (access?.droppedLines ?? 0), bytes: access?.queuedBytes ?? 0),
      QueueReading(name: "standard_error", dropped: error.droppedLines, bytes: error.queuedBytes),
    ] + (incidents?.queues ?? [])
  }

  /// Problems that go on; nil: incidents are not kept.
  public var problemsOpen: Int? { incidents?.problemsOpen }

  /// How the store does; nil: nothing is kept.
  public var storeCounters: IncidentWriter.Counters? { incidents?.counters }

  /// Stores what is queued, for as long as `stopTime`; before `stop`, where somebody listens to the store's last words.
  public func stopIncidents() { incidents?.stop(within: Self.stopTime) }

  /// Writes what is queued, for as long as `stopTime`.
  public func stop() {
    stopIncidents()
    _ = access.withLock { $0 }?.sink.stop(within: Self.stopTime)
    _ = error.stop(within: Self.stopTime)
  }
}

extension Logger {
  fileprivate func log(_ report: StoreReport) {
    switch report {
    case .failing: error("\(report)")
    case .working, .dropped, .movedAside: warning("\(report)")
    }
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
