/// How logs are scanned.
public struct LogScanOptions: Equatable, Sendable {
  /// Unix time in milliseconds: lines before it are counted as lines, and nothing more.
  public var since: Int64?
  /// As `since`: lines at or behind it.
  public var until: Int64?
  /// Whether lines of ordinary requests become entries, too.
  public var everyLine = false
  /// Whether files are watched for what is written to them, until the caller has enough.
  public var follows = false
  /// Where the clocks of logs stand that do not tell their offset, and of whose product no other log tells one.
  public var zone = LogZone.machine
  /// Unix time in milliseconds: the present, for lines that tell no year and do not come from a file.
  public var now: Int64
  /// Blocks that are scanned at once.
  public var lanes: Int
  /// Of one block; at least what a line may have is taken.
  public var blockBytes = 524_288

  /// - Parameter lanes: As many as the machine has cores.
  public init(now: Int64, lanes: Int) {
    self.now = now
    self.lanes = max(1, min(lanes, Self.lanesMax))
  }

  public static let lanesMax = 32
}
