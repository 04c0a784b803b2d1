public import SluiceDiagnosis
public import SluiceIncidents

/// One problem: incidents of one cause at one place. Times are Unix milliseconds.
public struct ProblemDocument: Codable, Equatable, Sendable {
  public struct Place: Codable, Equatable, Sendable {
    public var route: String?
    public var upstream: String?
    public var endpoint: String?
  }

  public var number: Int64
  /// What the gateway observed, and the same in a sentence.
  public var cause: String
  public var sentence: String
  /// An identifier of `Owner`: whose failure the cause is. The verdict may know better.
  public var who: String
  public var place: Place
  public var state: Problem.State
  public var firstSeen: Int64
  public var lastSeen: Int64
  /// Incidents; of these, the ones that no client noticed, and those whose record is kept.
  public var count: Int64
  public var absorbed: Int64
  public var kept: Int64
  /// Incidents of the last minute before `lastSeen`.
  public var lastMinute: Int64
  public var rate: RateDocument
  /// Of its example; nil: no incident of it was kept.
  public var verdict: Verdict?
  /// ID of an incident whose evidence was kept.
  public var example: String?

  private enum CodingKeys: String, CodingKey {
    case number, cause, sentence, who, state, firstSeen, lastSeen, count, absorbed, kept, lastMinute, rate, verdict
    case example
    case place = "where"
  }

  public init(_ problem: Problem, rate: RateDocument, verdict: Verdict?) {
    number = problem.number
    cause = problem.key.cause
    sentence = AlertText.sentence(cause: problem.key.cause)
    who = problem.who
    place = Place(route: problem.key.route, upstream: problem.key.upstream, endpoint: problem.key.endpoint)
    state = problem.state
    firstSeen = problem.firstSeen
    lastSeen = problem.lastSeen
    count = problem.count
    absorbed = problem.absorbed
    kept = problem.kept
    lastMinute = problem.lastMinute
    self.rate = rate
    self.verdict = verdict
    example = problem.example
  }
}
