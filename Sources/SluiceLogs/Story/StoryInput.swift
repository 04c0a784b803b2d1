/// What the scan knows beside entries, for a report.
public struct StoryInput: Equatable, Sendable {
  public var lines: Int
  public var recognised: Int
  public var bytes: Int
  /// In the order of `LinePlace.source`.
  public var logs: [LogSource]
  /// Lines that no format knows, a few of them.
  public var unrecognised: [LogSample]
  /// Sentences.
  public var remarks: [String]

  public init(
    lines: Int, recognised: Int, bytes: Int, logs: [LogSource], unrecognised: [LogSample] = [], remarks: [String] = []
  ) {
    self.lines = lines
    self.recognised = recognised
    self.bytes = bytes
    self.logs = logs
    self.unrecognised = unrecognised
    self.remarks = remarks
  }
}
