/// What the scan of all logs came to, beside their entries.
public struct LogScanResult: Equatable, Sendable {
  public var logs: [LogScanTotals] = []
  public var tally = TrafficTally()
  /// Bytes that were read, packed as they are.
  public var bytes = 0
  /// Sentences: what the reader should know of all logs together.
  public var remarks: [String] = []

  public init() {}

  public var lines: Int { logs.reduce(0) { $0 + $1.lines } }
  public var recognised: Int { logs.reduce(0) { $0 + $1.recognised } }
  public var blank: Int { logs.reduce(0) { $0 + $1.blank } }
  public var counted: Int { logs.reduce(0) { $0 + $1.counted } }

  /// Files that could not be read, or not to their end.
  public var unread: [LogReadProblem] { logs.flatMap(\.problems).filter { !$0.isRemark } }
}
