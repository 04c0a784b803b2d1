internal import SluiceIncidents

/// A problem as an alert tells it: who, why, where, how much, and the command that says more.
struct AlertProblem: Codable, Equatable, Sendable {
  struct Place: Codable, Equatable, Sendable {
    var route: String?
    var upstream: String?
    var endpoint: String?
  }

  var cause: String
  /// What the gateway observed.
  var sentence: String
  /// An identifier of `Owner`: who has to act.
  var who: String
  var place: Place
  /// Incidents; of these, the ones that no client noticed; and those of the last minute before `lastSeen`.
  var count: Int64
  var absorbed: Int64
  var lastMinute: Int64
  var firstSeen: String
  var lastSeen: String
  /// ID of an incident whose evidence was kept.
  var example: String?
  var command: String

  private enum CodingKeys: String, CodingKey {
    case cause, sentence, who, count, absorbed, lastMinute, firstSeen, lastSeen, example, command
    case place = "where"
  }

  init(_ problem: Problem) {
    cause = problem.key.cause
    sentence = AlertText.sentence(cause: problem.key.cause)
    who = problem.who
    place = Place(route: problem.key.route, upstream: problem.key.upstream, endpoint: problem.key.endpoint)
    count = problem.count
    absorbed = problem.absorbed
    lastMinute = problem.lastMinute
    firstSeen = AlertText.timestamp(problem.firstSeen)
    lastSeen = AlertText.timestamp(problem.lastSeen)
    example = problem.example
    command = AlertText.command(problem)
  }
}
