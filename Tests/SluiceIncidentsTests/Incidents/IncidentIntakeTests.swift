import SluiceCore
import Testing

@testable import SluiceIncidents

@Suite struct IncidentIntakeTests {
  private var intake = IncidentIntake()
  private var names = 0

  private func key(_ number: Int, generation: UInt32 = 1) -> IntakeKey {
    IntakeKey(
      generation: generation, cause: .connectRefused, route: UInt16(number), upstream: UInt16(number % 7),
      endpoint: .max)
  }

  private mutating func admit(
    _ number: Int, isAbsorbed: Bool = false, at time: TimeSpan = .zero, wall: Int64 = 0
  ) -> IncidentIntake.Admission {
    intake.admit(
      key(number),
      names: {
        names += 1
        return ProblemKey(cause: "connect_refused", route: "r\(number)", upstream: nil, endpoint: nil)
      }, who: "application", isAbsorbed: isAbsorbed, at: Instant(nanoseconds: 0) + time, wall: wall)
  }

  @Test mutating func theFirstOfAMinuteKeepEvidenceThenRecordsThenNumbers() {
    var kept: [IncidentIntake.Admission] = []
    for _ in 0..<1000 { kept.append(admit(1)) }
    #expect(kept.prefix(20).allSatisfy { $0 == .keepEvidence })
    #expect(kept.dropFirst(20).prefix(200).allSatisfy { $0 == .keepRecord })
    #expect(kept.dropFirst(220).allSatisfy { $0 == .count })
    #expect(names == 1)
  }

  @Test mutating func recordsComeBackWithEachSecondAndEvidenceWithEachMinute() {
    for _ in 0..<1000 { _ = admit(1) }
    #expect(admit(1, at: .milliseconds(999)) == .count)
    #expect(admit(1, at: .seconds(1)) == .keepRecord)
    for second in 2..<60 { #expect(admit(1, at: .seconds(Int64(second))) == .keepRecord) }
    #expect(admit(1, at: .seconds(60)) == .keepEvidence)
  }

  @Test mutating func evidenceOfManyProblemsAtOnceHasABoundOfItsOwn() {
    var kept: [IncidentIntake.Admission] = []
    for number in 0..<1000 { kept.append(admit(number)) }
    #expect(kept.count { $0 == .keepEvidence } == IncidentIntake.evidencePerSecondMax)
    #expect(kept.count { $0 == .keepRecord } == IncidentIntake.recordsPerSecondMax)
  }

  @Test mutating func whatIsCountedIsToldOnce() {
    for _ in 0..<220 { _ = admit(1) }
    for wall in 0..<30 { _ = admit(1, isAbsorbed: wall % 3 == 0, wall: Int64(100 + wall)) }
    let key = ProblemKey(cause: "connect_refused", route: "r1", upstream: nil, endpoint: nil)
    #expect(
      intake.due(at: Instant(nanoseconds: 0) + .seconds(1)) == [
        ProblemCount(problem: key, who: "application", absorbed: 10, count: 30, firstSeen: 100, lastSeen: 129)
      ])
    #expect(intake.due(at: Instant(nanoseconds: 0) + .seconds(2)) == [])
  }

  @Test mutating func problemsBeyondTheBoundAreCountedAsOne() {
    for number in 0..<IncidentIntake.problemsMax { _ = admit(number) }
    for number in 0..<50 { #expect(admit(10_000 + number) == .count) }
    let due = intake.due(at: Instant(nanoseconds: 0) + .seconds(1))
    #expect(due.last?.problem == .overflow && due.last?.count == 50 && due.last?.who == "unknown")
    // After a quiet minute there is room again.
    _ = intake.due(at: Instant(nanoseconds: 0) + .seconds(60))
    #expect(admit(10_000, at: .seconds(61)) == .keepEvidence)
  }

  @Test mutating func everyIncidentIsKeptOrCounted() {
    var generator = SystemRandomNumberGenerator()
    var (kept, counted) = (0, 0)
    for step in 0..<50_000 {
      let admission = admit(Int(generator.next() % 1500), at: .milliseconds(Int64(step)))
      if admission != .count { kept += 1 }
      if step % 1000 == 999 {
        counted += intake.due(at: Instant(nanoseconds: 0) + .milliseconds(Int64(step))).reduce(0) { $0 + $1.count }
      }
    }
    #expect(kept + counted == 50_000)
  }
}
