public import SluiceCore
public import SluiceIncidents
internal import Synchronization

/// Failed exchanges on standard error, for all workers: the limit of lines is the process's.
///
/// The lock is held for a look at one counter; lines are written outside of it.
public final class FailureLog: Sendable {
  private let sink: LogSink
  private let limiter = Mutex(FailureLineLimiter())

  public init(sink: LogSink) { self.sink = sink }

  /// Tells a failed exchange; nothing for one without a cause.
  public func tell(
    _ record: ExchangeRecord, attempts: Span<AttemptRecord>, head: RawSpan, names: RecordNames, at now: Instant
  ) {
    guard let cause = record.cause, FailureLine.isTold(record) else { return }
    var line: [UInt8] = []
    switch limiter.withLock({ $0.admit(cause, at: now) }) {
    case .hold: return
    case .write: break
    case .writeAfter(let held): Self.append(.init(cause: cause, count: held), to: &line)
    }
    FailureLine.append(record, attempts: attempts, head: head, names: names, to: &line)
    sink.offer(Array(line.span))
  }

  /// Tells the counts of the seconds that are over; for one timer of the process, about once a second.
  public func tick(at now: Instant) {
    let due = limiter.withLock { $0.due(at: now) }
    guard !due.isEmpty else { return }
    var lines: [UInt8] = []
    for held in due { Self.append(held, to: &lines) }
    sink.offer(lines, lines: due.count)
  }

  private static func append(_ held: FailureLineLimiter.Held, to line: inout [UInt8]) {
    line.append(contentsOf: "\(held.count) more of \(held.cause.identifier) within a second\n".utf8)
  }
}
