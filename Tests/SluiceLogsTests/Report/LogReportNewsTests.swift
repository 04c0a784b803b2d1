import SluiceCore
import Testing

@testable import SluiceLogs

@Suite("What is new in a report")
struct LogReportNewsTests {
  @Test("problems that began or grew since the last report, and no others")
  func news() {
    var story = LogStory()
    story.take(Made.error(.connectRefused, at: 1))
    story.take(Made.error(.notHttp, at: 1, endpoint: "b:1") { $0.path = "/b" })
    let first = story.report(Made.input)
    #expect(first.news(since: nil).count == 2)
    #expect(story.report(Made.input).news(since: first).isEmpty)
    story.take(Made.error(.connectRefused, at: 2, endpoint: "10.0.0.2:80"))
    story.take(Made.error(.connectRefused, at: 3))
    let second = story.report(Made.input)
    #expect(second.news(since: first).map(\.count) == [2, 1])
    #expect(second.news(since: first).map(\.place) == ["10.0.0.1:80", "10.0.0.2:80"])
  }
}
