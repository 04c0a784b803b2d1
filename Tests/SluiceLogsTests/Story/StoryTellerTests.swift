import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("What happened, told in order")
struct StoryTellerTests {
  @Test("failures, events and the end, each with its time")
  func order() throws {
    let entries = [
      Made.error(.responseHeaderTimeout, at: 1, endpoint: "a:1", upstream: "api"),
      Made.event(.endpointDown, at: 2, endpoint: "a:1", upstream: "api"),
      Made.error(.allUnhealthy, at: 3, endpoint: nil, upstream: "api") { $0.path = "/b" },
      Made.error(.allUnhealthy, at: 9, endpoint: nil, upstream: "api") { $0.path = "/c" },
      Made.event(.endpointUp, at: 12, endpoint: "a:1", upstream: "api"),
    ]
    let tally = Made.tally(from: 20, through: 200, each: 5, upstream: "api")
    let story = try #require(Made.report(entries, tally: tally).problems.first?.story)
    #expect(
      story.map(\.sentence) == [
        "a:1 did not answer in time.", "nginx left a:1 out.",
        "api had no endpoint left (2 times until 20:00:09 UTC).",
        "The last failure; 95 requests were answered afterwards.", "nginx took a:1 back.",
      ])
    #expect(story.first?.time == "2026-11-26T20:00:01.000Z")
  }

  @Test("what still fails when the logs end is told so")
  func ongoing() throws {
    let entries = [1.0, 50, 100].map { at in Made.error(.notHttp, at: at) { $0.path = "/\(at)" } }
    let story = try #require(Made.report(entries).problems.first?.story)
    #expect(story.last?.sentence == "Requests still failed when the logs ended.")
  }

  @Test("one failure goes on for nobody, and logs of less than a minute have no end that tells")
  func over() throws {
    let single = Made.report([Made.error(.notHttp, at: 100)], tally: Made.tally(from: 0, through: 90, each: 5))
    #expect(single.problems.map(\.isOngoing) == [false])
    let short = Made.report([1.0, 2, 3].map { at in Made.error(.notHttp, at: at) { $0.path = "/\(at)" } })
    #expect(short.problems.map(\.isOngoing) == [false])
    #expect(short.problems.first?.story.last?.sentence == "The last failure.")
  }

  @Test("what is only likelier than something else is no fact, and what is unknown no cause")
  func guesses() throws {
    let guessed = (0..<3).map { number in
      Made.access(
        502, at: Double(number), cause: .connectRefused, endpoint: "10.0.0.1:80", or: [.closedBeforeResponse],
        sure: .possible)
    }
    let problem = try #require(Made.report(guessed).problems.first)
    #expect(
      problem.story.first?.sentence
        == "It looks as if 10.0.0.1:80 refused connections (3 times until 20:00:02 UTC).")
    #expect(
      problem.candidates.first?.evidence.first?.hasPrefix("nginx's lines look like connect_refused 3 times") == true)
    let untold = (0..<3).map { number in
      Made.access(502, at: Double(number), cause: .connectRefused, or: [.closedBeforeResponse], sure: .unknown)
    }
    let unknown = try #require(Made.report(untold).problems.first)
    #expect(unknown.verdict.cause == "unknown" && !unknown.verdict.sentence.contains("refused"))
    #expect(
      unknown.story.first?.sentence == "Requests failed, and no line tells why (3 times until 20:00:02 UTC).")
    #expect(unknown.candidates.map(\.cause).prefix(2) == ["unknown", "connect_refused"])
    #expect(unknown.title == "nginx")
  }

  @Test("what the kernel or systemd tells of an application stands beside its refusals")
  func elsewhere() throws {
    let killed = "app.service: A process of this unit has been killed by the OOM killer."
    let refused = (100...400).map { second in
      Made.error(.connectRefused, at: Double(second), upstream: "api") { $0.path = nil }
    }
    let entries = [
      Made.event(.changed, at: 5, product: .other, detail: "Started cron.service"),
      Made.event(.changed, at: 99, product: .other, detail: killed),
    ]
    let tally = Made.tally(from: 0, through: 90, each: 50, upstream: "api")
    let problem = try #require(Made.report(entries + refused, tally: tally).problems.first)
    #expect(problem.story.contains { $0.sentence.hasPrefix("Another log told: app.service: A process of this unit") })
    #expect(problem.candidates.map(\.cause).contains("oom_killed"))
    #expect(problem.candidates.first?.evidence.last?.hasPrefix("At 20:01:39 UTC another log told: app.service") == true)
    // No change of the application's own, and of no other product's.
    #expect(problem.verdict.cause == "upstream_down")
  }

  @Test("many endpoints and events are told together, within the bound")
  func bound() throws {
    let entries = (0..<50).flatMap { number in
      [
        Made.error(.connectRefused, at: Double(number), endpoint: "10.0.0.\(number):80", upstream: "api") {
          $0.path = "/\(number)"
        },
        Made.event(.endpointDown, at: Double(number), endpoint: "10.0.0.\(number):80", upstream: "api"),
      ]
    }
    let story = try #require(Made.report(entries).problems.first?.story)
    #expect(story.count <= StoryTeller.sentencesMax)
    #expect(
      story.first?.sentence
        == "10.0.0.0:80, 10.0.0.1:80 and 48 others refused connections (50 times until 20:00:49 UTC).")
  }
}
