import SluiceCore
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
        "The last failure; 95 were answered afterwards.", "nginx took a:1 back.",
      ])
    #expect(story.first?.time == "2026-11-26T20:00:01.000Z")
  }

  @Test("what still fails when the logs end is told so")
  func ongoing() throws {
    let story = try #require(Made.report([Made.error(.notHttp, at: 1)]).problems.first?.story)
    #expect(story.last?.sentence == "Requests still failed when the logs ended.")
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
