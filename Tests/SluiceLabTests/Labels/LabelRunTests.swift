import NIOPosix
import Testing

@testable import SluiceLab

/// What is true of a request, and what the client saw of it.
struct LabelRunTests {
  private func scenario(_ name: String) throws -> Scenario { try #require(LabCatalogue.scenario(name)) }

  @Test func theLastRequestOfARowIsTheOneThatFails() throws {
    let stale = try scenario("stale-close")
    let first = LabelRun.label(stale, marker: "stale-close.1", isLast: false, answer: Answer())
    let last = LabelRun.label(stale, marker: "stale-close.2", isLast: true, answer: nil)
    #expect(first.cause == nil && first.alternatives.isEmpty && first.indistinguishable.isEmpty)
    #expect(last.json.contains(#""cause":"stale_keepalive""#))
    #expect(last.json.contains(#""indistinguishable":["closed_before_response","reset_before_response"]"#))
    #expect(last.outcome == .unsent && last.status == nil)
  }

  @Test func saysHowTheResponseEnded() {
    var answer = Answer()
    answer.end = .fin
    #expect(LabelRun.outcome(answer) == .closed)
    answer.end = .timeLimit
    #expect(LabelRun.outcome(answer) == .left)
    answer.fault = "no HTTP"
    #expect(LabelRun.outcome(answer) == .garbage)
    #expect(LabelRun.outcome(answer, isEndless: true) == .left)
    answer.status = 200
    answer.end = .reset
    #expect(LabelRun.outcome(answer) == .cut)
    answer.isWhole = true
    #expect(LabelRun.outcome(answer) == .whole)
  }

  @Test func oneObjectInOneLine() throws {
    let label = LabelRun.label(try scenario("truncated-body-length"), marker: "m.1", isLast: true, answer: Answer())
    #expect(!label.json.contains("\n") && label.json.hasPrefix(#"{"marker":"m.1","scenario":"truncated-body-length""#))
    #expect(label.json.contains(#""cause":"truncated_body""#) && label.json.contains(#""status":null"#))
  }

  /// The lab itself is as good a gateway as any for what is sent.
  @Test(.timeLimit(.minutes(1)))
  func everyRequestHasAMarkerOfItsOwn() async throws {
    let lab = try await LabServer.start(group: MultiThreadedEventLoopGroup.singleton)
    let target = try #require(ScoredGateway(url: "http://127.0.0.1:\(lab.port)"))
    let run = LabelRun(target, group: MultiThreadedEventLoopGroup.singleton)
    let names = ["own-503", "stale-close", "excess-body", "unix-healthy"]
    let labels = await run.labels(try names.map(scenario))
    #expect(
      labels.map(\.marker) == [
        "own-503.1", "stale-close.1", "stale-close.2", "excess-body.1", "excess-body.2", "unix-healthy.1",
      ])
    #expect(labels[0].json.contains("upstream_status") && labels[0].status == 503 && labels[0].outcome == .whole)
    #expect(labels[2].outcome == .closed)
    #expect(labels[5].status == 404)
    try await lab.stop()
  }
}
