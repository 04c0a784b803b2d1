/// What the scan of one log came to.
public struct LogScanTotals: Equatable, Sendable {
  public var set: LogSet
  public var lines = 0
  public var recognised = 0
  /// Of the lines, those without a byte.
  public var blank = 0
  /// Of the recognised lines, those that lie in the wanted time.
  public var counted = 0
  /// Lines of which only the first 64 KiB were looked at.
  public var cut = 0
  /// Names of formats with their lines, the most frequent first.
  public var formats: [FormatCount] = []
  public var products: [LogProduct] = []
  /// Unix time in milliseconds of the first and last line that told one.
  public var first: Int64?
  public var last: Int64?
  /// The earliest and the latest time that a counted line told: lines need not be in order.
  public var earliest: Int64?
  public var latest: Int64?
  /// Lines that no format knows: the first few.
  public var unrecognised: [LogSample] = []
  /// Files that could not be read, or not to their end.
  public var problems: [LogReadProblem] = []

  public static let unrecognisedMax = 5

  init(_ set: LogSet) { self.set = set }
}
