import SluiceCore
import Testing

@testable import SluiceIncidents

/// What the writer tells of problems, over processes and beside another gateway.
@Suite(.timeLimit(.minutes(2))) struct ProblemEventTests {
  private let folder = StoreFolder()
  private let clock = HandClock()
  private let told = Told<ProblemEvent>()

  private func names() -> [String] {
    told.all.map { event in
      switch event {
      case .started: "started"
      case .persists: "persists"
      case .ended: "ended"
      }
    }
  }

  @Test func aProblemIsToldOnceThroughItsLifeWithItsNumber() async throws {
    let writer = IncidentWriter(folder, clock: clock, persistsAfter: .seconds(60), problems: told)
    writer.offer(.sample(1, hasEvidence: true))
    try await until { names() == ["started"] }
    clock.pass(.seconds(60))
    writer.offer(.sample(2))
    try await until { names() == ["started", "persists"] }
    clock.pass(.seconds(300))
    writer.note(Change(kind: .reload, time: clock.now, text: "generation 2"))
    try await until { names() == ["started", "persists", "ended"] }
    #expect(writer.stop(within: .seconds(10)))
    let problem = try #require(try IncidentReader(path: folder.store).problems(limit: 10, at: clock.now).first)
    #expect(problem.state == .over && problem.count == 2 && problem.kept == 2)
    #expect(problem.example == IncidentEntry.sample(1).id.description)
    #expect(told.all.map(\.problem.number) == [problem.number, problem.number, problem.number])
    #expect(told.all.last?.problem.count == 2)
  }

  @Test func aRestartGoesOnWithWhatIsOngoingAndTellsOfWhatEndedMeanwhile() throws {
    let first = IncidentWriter(folder, clock: clock, persistsAfter: .seconds(60), problems: told)
    first.offer(.sample(1))
    first.offer(.sample(2, upstream: "b"))
    #expect(first.stop(within: .seconds(10)))
    #expect(names() == ["started", "started"])
    clock.pass(.seconds(200))
    let second = IncidentWriter(folder, clock: clock, problems: told)
    second.offer(.sample(3))
    #expect(second.stop(within: .seconds(10)))
    #expect(names() == ["started", "started"])
    clock.pass(.seconds(150))
    let third = IncidentWriter(folder, clock: clock, problems: told)
    third.offer(.sample(4))
    #expect(third.stop(within: .seconds(10)))
    #expect(names() == ["started", "started", "ended"] && told.all.last?.problem.key.upstream == "b")
    let problems = try IncidentReader(path: folder.store).problems(limit: 10, at: clock.now)
    #expect(problems.map(\.count) == [3, 1] && problems.map(\.state) == [.ongoing, .over])
  }

  @Test func whatAnotherGatewayStillSeesIsNotOver() async throws {
    let other = Told<ProblemEvent>()
    let writers = [
      IncidentWriter(folder, clock: clock, problems: told), IncidentWriter(folder, clock: clock, problems: other),
    ]
    for (number, writer) in writers.enumerated() {
      writer.offer(.sample(UInt64(number)))
      try await writer.waitUntilStored(1)
    }
    clock.pass(.seconds(200))
    writers[1].offer(.sample(7))
    try await writers[1].waitUntilStored(2)
    clock.pass(.seconds(200))
    // The first has seen nothing for 400 seconds, the second for 200.
    writers[0].offer(.sample(8, upstream: "b"))
    try await writers[0].waitUntilStored(2)
    #expect(writers[0].stop(within: .seconds(10)) && writers[1].stop(within: .seconds(10)))
    #expect(names() == ["started", "started"] && other.all == [])
    let problems = try IncidentReader(path: folder.store).problems(limit: 10, at: clock.now)
    #expect(problems.map(\.state) == [.ongoing, .ongoing] && problems.map(\.count) == [1, 3])
  }
}
