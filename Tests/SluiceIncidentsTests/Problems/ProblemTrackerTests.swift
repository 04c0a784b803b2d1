import SluiceCore
import Testing

@testable import SluiceIncidents

@Suite struct ProblemTrackerTests {
  private var tracker = ProblemTracker()
  private let start = HandClock.start
  private let minute: Int64 = 60_000

  private func names(_ events: [ProblemEvent]) -> [String] {
    events.map { event in
      switch event {
      case .started(let problem): "started \(problem.count)"
      case .persists(let problem): "persists \(problem.count)"
      case .ended(let problem): "ended \(problem.count)"
      }
    }
  }

  @Test mutating func anEpisodeBeginsGoesOnAndEnds() {
    tracker.saw(.sample(1), at: start)
    #expect(names(tracker.due(at: start)) == ["started 1"])
    #expect(tracker.due(at: start + 1000) == [])
    for number in 1...9 { tracker.saw(.sample(UInt64(number)), at: start + Int64(number) * minute) }
    let last = start + 9 * minute
    #expect(names(tracker.due(at: last + 5 * minute - 1)) == [])
    let ended = tracker.due(at: last + 5 * minute)
    #expect(names(ended) == ["ended 10"])
    #expect(ended.first?.problem.state == .over && ended.first?.problem.lastSeen == last)
    #expect(tracker.due(at: last + 60 * minute) == [])
  }

  @Test mutating func whatComesBackAfterItWasOverIsANewProblem() {
    tracker.saw(.sample(1), at: start)
    _ = tracker.due(at: start)
    _ = tracker.due(at: start + 5 * minute)
    tracker.saved([IncidentEntry.sample().problem: 7])
    #expect(tracker.isEmpty)
    tracker.saw(.sample(2, time: start + 6 * minute), at: start + 6 * minute)
    let events = tracker.due(at: start + 6 * minute)
    #expect(names(events) == ["started 1"] && events.first?.problem.firstSeen == start + 6 * minute)
  }

  @Test mutating func persistenceIsToldOnceAndCountsFromWhenItWasNoticed() {
    // The exchange took two minutes until it failed.
    tracker.saw(.sample(1, time: start - 2 * minute), at: start)
    #expect(names(tracker.due(at: start, persistence: minute)) == ["started 1"])
    tracker.saw(.sample(2), at: start + minute)
    #expect(tracker.due(at: start + minute - 1, persistence: minute) == [])
    #expect(names(tracker.due(at: start + minute, persistence: minute)) == ["persists 2"])
    #expect(tracker.due(at: start + 2 * minute, persistence: minute) == [])
    #expect(tracker.episodes.values.first?.problem.firstSeen == start - 2 * minute)
  }

  @Test mutating func numbersCountAsIncidentsDo() throws {
    let key = IncidentEntry.sample().problem
    tracker.saw(.sample(1, kind: .absorbed, hasEvidence: true), at: start)
    tracker.saw(
      ProblemCount(problem: key, who: "application", absorbed: 2, count: 99, firstSeen: start - 10, lastSeen: start),
      at: start + 59_000)
    let problem = try #require(tracker.episodes[key]?.problem)
    #expect(problem.count == 100 && problem.absorbed == 3 && problem.lastMinute == 100)
    #expect(problem.firstSeen == start - 10 && problem.lastSeen == start + 59_000)
    #expect(problem.example == IncidentEntry.sample(1).id.description)
    tracker.saw(.sample(3), at: start + 60_000)
    #expect(tracker.episodes[key]?.problem.lastMinute == 100)
    tracker.saw(.sample(4), at: start + 150_000)
    #expect(tracker.episodes[key]?.problem.lastMinute == 1)
  }

  @Test mutating func aLaterProcessGoesOnWithWhatIsOngoingAndEndsWhatIsNot() {
    var (going, quiet) = (IncidentEntry.sample().problem, IncidentEntry.sample().problem)
    going.upstream = "a"
    quiet.upstream = "b"
    let problems = [going, quiet].map { key in
      Problem(
        number: 4, key: key, who: "application", state: .over, firstSeen: start - 10 * minute,
        lastSeen: start - (key == going ? minute : 6 * minute), count: 10, absorbed: 0, kept: 0, lastMinute: 1,
        example: nil)
    }
    tracker.takeUp(problems)
    tracker.saw(.sample(1, upstream: "a"), at: start)
    #expect(names(tracker.due(at: start)) == ["ended 10"])
    #expect(tracker.episodes[going]?.problem.count == 11 && tracker.episodes[going]?.unsavedCount == 1)
  }

  @Test mutating func aTunnelOfADayIsNoProblemOfADay() {
    tracker.saw(.sample(1, time: start - 1440 * minute), at: start)
    #expect(tracker.due(at: start).first?.problem.firstSeen == start - 5 * minute)
  }

  @Test mutating func problemsBeyondTheBoundAreOne() {
    for number in 0..<ProblemTracker.episodesMax + 100 {
      tracker.saw(
        ProblemCount(
          problem: ProblemKey(cause: "c", route: "\(number)", upstream: nil, endpoint: nil), who: "client", absorbed: 0,
          count: 1, firstSeen: start, lastSeen: start), at: start)
    }
    #expect(tracker.episodes.count == ProblemTracker.episodesMax)
    #expect(tracker.episodes[.overflow]?.problem.count == 101)
    #expect(tracker.due(at: start).count == ProblemTracker.episodesMax)
  }
}
