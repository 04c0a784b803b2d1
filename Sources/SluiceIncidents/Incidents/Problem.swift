/// Incidents of one cause at one place, from the first to the last before it went quiet.
///
/// One that comes back after it was over is a new problem, so that each has a beginning and an end.
public struct Problem: Equatable, Sendable, Codable {
  public enum State: String, Codable, CaseIterable, Sendable {
    case ongoing
    /// Nothing of it was seen for `Problem.quietTime`.
    case over
  }

  /// Without an incident for so long a problem is over.
  public static let quietTime = Duration.seconds(300)

  /// The store's number of it.
  public var number: Int64
  public var key: ProblemKey
  /// An identifier of `Owner`.
  public var who: String
  public var state: State
  /// Unix times in milliseconds.
  public var firstSeen: Int64
  public var lastSeen: Int64
  /// All incidents, those that were only counted included.
  public var count: Int64
  /// Of these, the ones that no client noticed.
  public var absorbed: Int64
  /// Of these, the ones whose record is kept still.
  public var kept: Int64
  /// Incidents of the last minute before `lastSeen`.
  public var lastMinute: Int64
  /// ID of the first incident with evidence.
  public var example: String?

  public init(
    number: Int64, key: ProblemKey, who: String, state: State, firstSeen: Int64, lastSeen: Int64, count: Int64,
    absorbed: Int64, kept: Int64, lastMinute: Int64, example: String?
  ) {
    self.number = number
    self.key = key
    self.who = who
    self.state = state
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
    self.count = count
    self.absorbed = absorbed
    self.kept = kept
    self.lastMinute = lastMinute
    self.example = example
  }
}
