public import SluiceCore

/// Decides which incidents are kept, and how much of each: for the whole process, under one short lock.
///
/// # Why this way
/// A storm has the same incident a thousand times. The first ones of a problem in a minute tell all that evidence can
/// tell; records are kept while the process stays below a rate that the store is known to bear; the rest is a number.
/// So what an incident costs falls as they become more, and neither memory nor the store can be flooded.
///
/// Everything is a look-up and a few additions. Names are asked for once for each problem.
///
/// # Not handled here
/// What a problem is over time (`ProblemTracker`), and whether the store takes what is kept (`IncidentWriter`).
public struct IncidentIntake: Sendable {
  /// How much of an incident is kept.
  public enum Admission: Equatable, Sendable {
    /// The record and what was at hand beside it.
    case keepEvidence
    case keepRecord
    /// Nothing but its number; `due(at:)` gives it.
    case count
  }

  /// Problems that are told apart within a minute; the others are counted as `ProblemKey.overflow`.
  public static let problemsMax = 1_024
  /// Incidents of one problem in a minute that keep their evidence.
  public static let evidencePerMinuteMax = 20
  /// Incidents of the process in a second that keep their evidence: a thousand problems may begin at once.
  public static let evidencePerSecondMax = 400
  /// Incidents of the process in a second that keep only their record.
  public static let recordsPerSecondMax = 200
  /// A problem's minute, which begins with its first incident.
  static let minute = TimeSpan.seconds(60)

  private struct Slot: Sendable {
    var problem: ProblemKey
    var who: String
    var minuteBegan: Instant
    var lastAt: Instant
    var evidence = 0
    /// What was counted since it was last told.
    var count = 0
    var absorbed = 0
    var firstSeen: Int64 = .max
    var lastSeen: Int64 = .min

    mutating func count(isAbsorbed: Bool, wall: Int64) {
      count += 1
      if isAbsorbed { absorbed += 1 }
      firstSeen = min(firstSeen, wall)
      lastSeen = max(lastSeen, wall)
    }

    /// What was counted, and forgets it; nil for nothing.
    mutating func takeCount() -> ProblemCount? {
      guard count > 0 else { return nil }
      defer { (count, absorbed, firstSeen, lastSeen) = (0, 0, .max, .min) }
      return ProblemCount(
        problem: problem, who: who, absorbed: absorbed, count: count, firstSeen: firstSeen, lastSeen: lastSeen)
    }
  }

  private var slots: [IntakeKey: Slot] = [:]
  private var overflow: Slot
  private var secondBegan = Instant.never
  private var evidenceThisSecond = 0
  private var recordsThisSecond = 0

  public init() {
    slots.reserveCapacity(Self.problemsMax)
    overflow = Slot(problem: .overflow, who: Owner.unknown.identifier, minuteBegan: .never, lastAt: .never)
  }

  /// Asks for an incident's place.
  ///
  /// - Parameters:
  ///   - names: what the key stands for; asked for where the problem was not seen within the last minute.
  ///   - who: an identifier of `Owner`.
  ///   - isAbsorbed: whether the client noticed nothing.
  ///   - wall: Unix time in milliseconds, for the count.
  public mutating func admit(
    _ key: IntakeKey, names: () -> ProblemKey, who: String, isAbsorbed: Bool, at now: Instant, wall: Int64
  ) -> Admission {
    if secondBegan == .never || now - secondBegan >= .seconds(1) {
      secondBegan = now
      evidenceThisSecond = 0
      recordsThisSecond = 0
    }
    if let index = slots.index(forKey: key) {
      return admit(at: index, isAbsorbed: isAbsorbed, now: now, wall: wall)
    }
    guard slots.count < Self.problemsMax else {
      overflow.count(isAbsorbed: isAbsorbed, wall: wall)
      return .count
    }
    slots[key] = Slot(problem: names(), who: who, minuteBegan: now, lastAt: now)
    guard let index = slots.index(forKey: key) else { return .count }
    return admit(at: index, isAbsorbed: isAbsorbed, now: now, wall: wall)
  }

  private mutating func admit(
    at index: Dictionary<IntakeKey, Slot>.Index, isAbsorbed: Bool, now: Instant, wall: Int64
  ) -> Admission {
    slots.values[index].lastAt = now
    if now - slots.values[index].minuteBegan >= Self.minute {
      slots.values[index].minuteBegan = now
      slots.values[index].evidence = 0
    }
    if slots.values[index].evidence < Self.evidencePerMinuteMax, evidenceThisSecond < Self.evidencePerSecondMax {
      slots.values[index].evidence += 1
      evidenceThisSecond += 1
      return .keepEvidence
    }
    if recordsThisSecond < Self.recordsPerSecondMax {
      recordsThisSecond += 1
      return .keepRecord
    }
    slots.values[index].count(isAbsorbed: isAbsorbed, wall: wall)
    return .count
  }

  /// What was counted since the last call, one value for each problem. Forgets problems of which a minute brought
  /// nothing. For one timer of the process, about once a second.
  public mutating func due(at now: Instant) -> [ProblemCount] {
    var due: [ProblemCount] = []
    var hasQuiet = false
    var index = slots.startIndex
    while index != slots.endIndex {
      if let count = slots.values[index].takeCount() { due.append(count) }
      if now - slots.values[index].lastAt >= Self.minute { hasQuiet = true }
      slots.formIndex(after: &index)
    }
    if let count = overflow.takeCount() { due.append(count) }
    if hasQuiet { slots = slots.filter { now - $0.value.lastAt < Self.minute } }
    return due
  }
}
