internal import SluiceCore
internal import SluiceDiagnosis

/// Failures that belong together, before anything is concluded from them.
struct ProblemDraft: Equatable, Sendable {
  var product: LogProduct
  /// What the user calls the form of the lines, where no product is known.
  var name: String?
  /// The upstream's name, where a line told it.
  var upstream: String?
  /// Never empty; in the order of time.
  var runs: [FailureRun]
  /// Clients that left, all after the same time: they waited for what is late here, and are no failures of it.
  var waiting: [FailureRun] = []
  /// Of the same place, from shortly before the first failure on.
  var events: [SeenEvent] = []
  /// What failed first on its own account, and not because of something else.
  var root: Root
  /// The times at which a problem came back, where it did; of one that came once, that time.
  var occurrences: [Occurrence]

  enum Root: Equatable, Sendable {
    /// The cause of these runs.
    case cause(Cause?)
    /// A check or an ejection told why before a request failed.
    case event(SeenEvent, Cause)

    var cause: Cause? {
      switch self {
      case .cause(let cause): cause
      case .event(_, let cause): cause
      }
    }
  }

  struct Occurrence: Equatable, Sendable {
    /// Unix time in milliseconds.
    var first: Int64
    var last: Int64
    var count: Int
  }

  /// Who told of it.
  var title: String { name ?? product.title }

  /// No line tells where the requests went: the place is the proxy's own.
  var isUnplaced: Bool { upstream == nil && runs.allSatisfy { $0.key.endpoint == nil } }

  var count: Int { runs.reduce(0) { $0 + $1.count } }
  var saved: Int { runs.reduce(0) { $0 + $1.saved } }
  var first: Int64? { runs.compactMap(\.first).min() }
  var last: Int64? { runs.compactMap(\.last).max() }

  /// Names of endpoints that failed, to the number of failures, the most frequent first.
  var endpoints: [(name: String, count: Int)] {
    var counts: [String: Int] = [:]
    for run in runs { if let endpoint = run.key.endpoint { counts[endpoint, default: 0] += run.count } }
    return counts.map { (name: $0.key, count: $0.value) }.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
  }

  /// Failures of the causes that `isIn` holds for.
  func count(where isIn: (Cause?) -> Bool) -> Int { runs.reduce(0) { isIn($1.key.cause) ? $0 + $1.count : $0 } }

  func count(_ causes: Cause...) -> Int { count { cause in cause.map(causes.contains) ?? false } }

  /// The name of the place: the upstream, its one endpoint, or what else the lines told.
  var place: String {
    if let upstream { return Shown.text(upstream) }
    let endpoints = endpoints
    if let first = endpoints.first {
      return endpoints.count == 1
        ? Shown.text(first.name)
        : Shown.text(first.name) + " and " + Numbers.count(endpoints.count - 1, "other", "others")
    }
    return runs.compactMap(\.key.site).first.map { Shown.text($0) } ?? title
  }
}
