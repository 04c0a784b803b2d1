/// The application's own log around a moment.
public struct ApplicationLogSeen: Equatable, Sendable, Codable {
  /// A file, or `journal:UNIT`.
  public var source: String
  /// Unix time in milliseconds.
  public var moment: Int64
  /// Of that second and those around it.
  public var lines: [ApplicationLogLine] = []
  /// What stands out, the nearest to the moment first.
  public var notes: [ApplicationLogNote] = []
  /// nil: no line has a time that is understood.
  public var lastLineAt: Int64?
  /// Unix time in milliseconds at which the file was last written to.
  public var writtenAt: Int64?
  /// Unix times in milliseconds at which the application began, within what was read; the latest of them.
  public var starts: [Int64] = []
  /// Those at which it ended by an error or a kill.
  public var crashes: [Int64] = []
  /// Sentences: what could not be read or decided, and which right is missing.
  public var missing: [String] = []
  public var fileBytes: UInt64?
  public var readBytes: UInt64 = 0

  public init(source: String, moment: Int64) {
    self.source = source
    self.moment = moment
  }
}
