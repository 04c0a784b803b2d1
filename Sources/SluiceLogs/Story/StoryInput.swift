/// What the scan knows beside entries, for a report.
public struct StoryInput: Equatable, Sendable {
  public var lines: Int
  public var recognised: Int
  /// Of the lines, those without a byte.
  public var blank: Int
  /// Of the recognised lines, those that lie in the wanted time.
  public var counted: Int
  /// Unix time in milliseconds: the earliest and the latest that one of those told; nil: none did.
  public var first: Int64?
  public var last: Int64?
  public var bytes: Int
  /// In the order of `LinePlace.source`.
  public var logs: [LogSource]
  /// Lines that no format knows, a few of them.
  public var unrecognised: [LogSample]
  /// Sentences.
  public var remarks: [String]

  /// - Parameter counted: nil: all that were recognised.
  public init(
    lines: Int, recognised: Int, blank: Int = 0, counted: Int? = nil, first: Int64? = nil, last: Int64? = nil,
    bytes: Int, logs: [LogSource], unrecognised: [LogSample] = [], remarks: [String] = []
  ) {
    self.lines = lines
    self.recognised = recognised
    self.blank = blank
    self.counted = counted ?? recognised
    self.first = first
    self.last = last
    self.bytes = bytes
    self.logs = logs
    self.unrecognised = unrecognised
    self.remarks = remarks
  }
}
