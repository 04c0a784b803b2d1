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
  public var fileBytes: UInt64?
  public var readBytes: UInt64 = 0

  public init(source: String, moment: Int64) {
    self.source = source
    self.moment = moment
  }
}
