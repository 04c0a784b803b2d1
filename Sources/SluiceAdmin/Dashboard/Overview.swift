internal import SluiceIncidents

/// Everything that the first page tells, read once.
struct Overview: Sendable {
  /// Problems that are told in full.
  static let ongoingMax = 20
  /// Problems that are over, of the last day.
  static let overMax = 12
  /// Deploys and other changes.
  static let changesMax = 20
  private static let day: Int64 = 86_400_000

  /// What the store knows.
  struct Stored: Sendable {
    /// The ones that clients notice first, then those with the most incidents.
    var ongoing: [Problem] = []
    /// The same with what is thought of each; empty where that was not asked for.
    var told: [ProblemDocument] = []
    /// The one seen last first.
    var over: [Problem] = []
  }

  var status: StatusDocument
  var upstreams: [UpstreamDocument]
  /// The latest first.
  var changes: [Change]
  var stored: Result<Stored, StoreAccess.Absence>
  var traffic: TrafficDocument
  /// Whether problems were diagnosed, which takes most of the time.
  var isDiagnosed: Bool

  /// Unix time in milliseconds.
  var time: Int64 { status.time }

  static func read(_ source: AdminSource, _ pulse: AdminPulse, isDiagnosed: Bool) async -> Overview {
    let stored = await StoreAccess(source: source).explained { reader, now in
      var stored = Stored()
      stored.ongoing = ordered(try reader.problems(state: .ongoing, limit: ongoingMax, at: now))
      guard isDiagnosed else { return stored }
      stored.told = try stored.ongoing.map { try ProblemRoutes.document($0, in: reader, at: now) }
      var filter = IncidentFilter()
      filter.since = now - day
      stored.over = try reader.problems(filter, state: .over, limit: overMax, at: now)
      return stored
    }
    return Overview(
      status: await source.status(), upstreams: await source.upstreamStates(),
      changes: Array(await source.changes().prefix(changesMax)), stored: stored,
      traffic: await TrafficRoutes.document(source, pulse), isDiagnosed: isDiagnosed)
  }

  private static func ordered(_ problems: [Problem]) -> [Problem] {
    problems.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      if a.isNoticed != b.isNoticed { return a.isNoticed }
      return a.lastMinute != b.lastMinute ? a.lastMinute > b.lastMinute : left.offset < right.offset
    }.map(\.element)
  }
}

extension Problem {
  /// Whether a client got an error for it.
  var isNoticed: Bool { absorbed < count }
}

extension ProblemDocument {
  var isNoticed: Bool { absorbed < count }
}
