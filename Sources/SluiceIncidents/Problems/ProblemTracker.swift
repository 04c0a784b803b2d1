internal import SluiceCore

/// Which problems begin, go on and end.
///
/// # Why this way
/// Incidents come one by one or as numbers; people ask what is wrong since when. The tracker is told of both with the
/// wall time at which they came, and keeps one episode for each problem that is not over. It is a value without a
/// clock, so that days pass in a test in no time.
///
/// The store is asked for nothing here: alerts are given while it fails, too. What it must be told is `unsaved`, which
/// holds sums since the last `saved`, so that two gateways can add to one row.
///
/// # Not handled here
/// Which gateway tells of a problem that both see: the store decides it, in the transaction that writes the row.
public struct ProblemTracker: Sendable {
  /// Problems that are not over, or whose end is not stored. Beyond that they count as `ProblemKey.overflow`.
  public static let episodesMax = 8_192
  /// `Problem.quietTime` in milliseconds.
  public static let quietMilliseconds = Problem.quietTime.components.seconds * 1000

  /// One problem from its beginning, with what the store does not know yet.
  struct Episode: Sendable {
    /// Its sums are those of the whole episode; the number is 0 until it is stored.
    var problem: Problem
    /// When it was first told of, which may be long after its first exchange began.
    var beganAt: Int64
    var unsavedCount: Int64 = 0
    var unsavedAbsorbed: Int64 = 0
    var isSaved = false
    var isStartTold = false
    var isPersistenceTold = false
    var minute = MinuteCount()

    var isOver: Bool { problem.state == .over }
  }

  private(set) var episodes: [ProblemKey: Episode] = [:]
  private var begun: [ProblemKey] = []

  public init() {}

  /// Whether there is anything that time could change.
  public var isEmpty: Bool { episodes.isEmpty }

  /// Problems that go on.
  public var ongoing: Int { episodes.values.count { !$0.isOver } }

  /// Goes on with what an earlier process left ongoing. What is known already is kept as it is.
  ///
  /// - Parameter problems: Those that nobody has told the end of.
  public mutating func takeUp(_ problems: [Problem]) { takeUp(problems.map { ($0, false) }) }

  mutating func takeUp(_ problems: [(problem: Problem, isPersistenceTold: Bool)]) {
    for (problem, isPersistenceTold) in problems where episodes.count < Self.episodesMax {
      guard episodes[problem.key] == nil else { continue }
      var episode = Episode(problem: problem, beganAt: problem.firstSeen)
      episode.problem.state = .ongoing
      episode.isSaved = true
      episode.isStartTold = true
      episode.isPersistenceTold = isPersistenceTold
      episodes[problem.key] = episode
    }
  }

  /// Takes an incident that came at a time (Unix, milliseconds).
  public mutating func saw(_ entry: IncidentEntry, at now: Int64) {
    saw(
      entry.problem, who: entry.who, count: 1, absorbed: entry.kind == .absorbed ? 1 : 0, since: entry.time,
      example: entry.evidence == nil ? nil : entry.id.description, at: now)
  }

  /// Takes incidents that were only counted.
  public mutating func saw(_ count: ProblemCount, at now: Int64) {
    saw(
      count.problem, who: count.who, count: Int64(count.count), absorbed: Int64(count.absorbed), since: count.firstSeen,
      example: nil, at: now)
  }

  /// - Parameter since: when the first of these exchanges began. A problem begins there, but not longer before it was
  ///   noticed than the quiet time: a tunnel that breaks after a day is no problem of a day.
  private mutating func saw(
    _ wanted: ProblemKey, who: String, count: Int64, absorbed: Int64, since: Int64, example: String?, at now: Int64
  ) {
    let isKnown = episodes[wanted] != nil
    let key = isKnown || episodes.count < Self.episodesMax - 1 ? wanted : ProblemKey.overflow
    let first = min(max(since, now - Self.quietMilliseconds), now)
    if episodes[key] == nil {
      let problem = Problem(
        number: 0, key: key, who: key == wanted ? who : "unknown", state: .ongoing, firstSeen: first, lastSeen: now,
        count: 0, absorbed: 0, kept: 0, lastMinute: 0, example: nil)
      episodes[key] = Episode(problem: problem, beganAt: now)
      begun.append(key)
    }
    guard let index = episodes.index(forKey: key) else { return }
    if episodes.values[index].isOver {
      // Its end is told but not stored: in the store both become one.
      episodes.values[index].problem.state = .ongoing
      episodes.values[index].beganAt = now
      episodes.values[index].isStartTold = false
      episodes.values[index].isPersistenceTold = false
      begun.append(key)
    }
    episodes.values[index].add(count, absorbed: absorbed, first: first, example: example, at: now)
  }

  /// What has become of the problems, in the order: begun, persisting, ended.
  ///
  /// - Parameter persistence: Milliseconds from a problem's beginning to `persists`; nil: it is not told.
  public mutating func due(at now: Int64, persistence: Int64? = nil) -> [ProblemEvent] {
    var events: [ProblemEvent] = []
    for key in begun {
      guard let index = episodes.index(forKey: key), !episodes.values[index].isStartTold else { continue }
      episodes.values[index].isStartTold = true
      events.append(.started(episodes.values[index].problem))
    }
    begun = []
    var ended: [ProblemEvent] = []
    var index = episodes.startIndex
    while index != episodes.endIndex {
      let episode = episodes.values[index]
      if !episode.isOver, now &- episode.problem.lastSeen >= Self.quietMilliseconds {
        episodes.values[index].problem.state = .over
        episodes.values[index].isSaved = false
        ended.append(.ended(episodes.values[index].problem))
      } else if let persistence, !episode.isOver, !episode.isPersistenceTold, now &- episode.beganAt >= persistence {
        episodes.values[index].isPersistenceTold = true
        episodes.values[index].isSaved = false
        events.append(.persists(episodes.values[index].problem))
      }
      episodes.formIndex(after: &index)
    }
    return events + ended
  }

  // MARK: The store's side

  /// What the store does not know.
  var unsaved: [Episode] { episodes.values.filter { !$0.isSaved } }

  func number(of key: ProblemKey) -> Int64? {
    guard let number = episodes[key]?.problem.number, number != 0 else { return nil }
    return number
  }

  /// Takes the numbers that the store gave, once what was unsaved is committed. Problems that are over are forgotten.
  mutating func saved(_ numbers: [ProblemKey: Int64]) {
    for (key, number) in numbers {
      guard let index = episodes.index(forKey: key) else { continue }
      guard !episodes.values[index].isOver else {
        episodes.removeValue(forKey: key)
        continue
      }
      episodes.values[index].problem.number = number
      episodes.values[index].unsavedCount = 0
      episodes.values[index].unsavedAbsorbed = 0
      episodes.values[index].isSaved = true
    }
  }

  /// The store is another one than before: all that goes on must be written anew.
  mutating func forgetNumbers() {
    for key in episodes.keys {
      episodes[key]?.problem.number = 0
      episodes[key]?.isSaved = false
    }
  }
}

extension ProblemTracker.Episode {
  fileprivate mutating func add(_ count: Int64, absorbed: Int64, first: Int64, example: String?, at now: Int64) {
    problem.firstSeen = min(problem.firstSeen, first)
    problem.lastSeen = max(problem.lastSeen, now)
    problem.count += count
    problem.absorbed += absorbed
    unsavedCount += count
    unsavedAbsorbed += absorbed
    minute.add(Int(count), at: now)
    problem.lastMinute = minute.total
    if problem.example == nil { problem.example = example }
    isSaved = false
  }
}
