public import SluiceDiagnosis

/// Failures that belong together, with what they go back to.
public struct LogProblem: Equatable, Sendable, Codable {
  /// The same for the same problem in a later report of the same logs.
  public var id: String
  /// The upstream or endpoint at which it happened, as a person may read it.
  public var place: String
  /// Whether requests still failed at the end of the logs.
  public var isOngoing: Bool
  /// Who, why, how sure, what next.
  public var verdict: Verdict
  /// What was considered, the likeliest first, with the observed facts.
  public var candidates: [Candidate]
  public var checks: [NextCheck]
  public var product: String
  /// Requests that failed, and those of them that another endpoint made good.
  public var count: Int
  public var saved: Int
  /// Requests at the same upstream in the same time, where an access log tells them.
  public var requests: Int?
  public var first: String?
  public var last: String?
  /// What was observed, by cause: root first, consequences after it.
  public var causes: [CauseShare]
  public var statuses: [String: Int]
  /// What happened in the order of time, as sentences with their times.
  public var story: [StoryEntry]
  /// Where the failures concentrate, the strongest first.
  public var concentrations: [Concentration]
  /// Failures over time, for a chart.
  public var chart: TimeChart?
  public var samples: [LogSample]

  /// Requests that failed for their client.
  public var failed: Int { count - saved }

  /// What it is called: the proxy and the place, which may be the proxy's own name.
  public var title: String { place == product ? place : "\(product) \(place)" }
}
