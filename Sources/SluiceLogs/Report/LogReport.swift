/// What was found in all logs together: what `sluice logs --json` prints.
///
/// Times are RFC 3339 in UTC with milliseconds; nil: no line told one.
public struct LogReport: Equatable, Sendable, Codable {
  public var lines: Int
  public var recognised: Int
  /// Of the lines, those without a byte: they are not recognised, and nobody misses them.
  public var blank: Int
  /// Of the recognised lines, those that lie in the wanted time.
  public var counted: Int
  public var bytes: Int
  public var first: String?
  public var last: String?
  /// Requests in access logs.
  public var requests: Int
  /// Status, as text, to the number of requests that got it; `none` for those that got none.
  public var statuses: [String: Int]
  /// Failures and requests over the whole time of the logs.
  public var chart: TimeChart?
  /// Failures by cause, the most frequent first: one request counts once, however many lines tell of it.
  public var causes: [CauseCount]
  /// What belongs together, with its root: the one that matters most first.
  public var problems: [LogProblem]
  public var logs: [LogSource]
  /// Requests that failed at one endpoint and were answered well by another.
  public var saved: Int
  /// Lines that no format knows, a few of them.
  public var unrecognised: [LogSample]
  /// Sentences: what the reader should know of the input, as clocks that differ, lines that were cut, parts not read.
  public var remarks: [String]
  /// Identifiers of the causes that alone are wanted; empty: all. `causes`, `problems` and `saved` are then of those,
  /// and there is no `chart`.
  public var chosen: [String] = []
}
