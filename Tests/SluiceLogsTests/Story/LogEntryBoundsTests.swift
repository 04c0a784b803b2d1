import SluiceCore
import Testing

@testable import SluiceLogs

@Suite("Bounds of entries")
struct LogEntryBoundsTests {
  @Test("long names are cut, and a name within its bound stays as it is")
  func names() {
    let entry = Made.error(.connectRefused, at: 1, endpoint: String(repeating: "é", count: 5000)) {
      $0.path = "/" + String(repeating: "a", count: 5000)
      $0.host = "shop.example"
      $0.attempts = Array(repeating: LogAttempt(endpoint: String(repeating: "b", count: 300)), count: 100)
    }.bounded
    #expect(entry.endpoint?.utf8.count == LogEntry.nameMax)
    #expect(entry.path?.utf8.count == LogEntry.pathMax)
    #expect(entry.host == "shop.example")
    #expect(entry.attempts.count == LogEntry.attemptsMax)
    #expect(entry.attempts.first?.endpoint?.utf8.count == LogEntry.nameMax)
  }

  @Test("times that cannot be are none, and no story stumbles over them", arguments: [Int64.min, .max, -1, 0])
  func times(time: Int64) {
    var story = LogStory()
    for at in [time, Made.start, time, .max, .min] {
      for var entry in [
        Made.error(.connectRefused, at: 0), Made.access(502, at: 0),
        Made.event(.endpointDown, at: 0, endpoint: "10.0.0.1:80"),
      ] {
        entry.time = at
        entry.totalTime = 1e300
        entry.attempts = [LogAttempt(endpoint: "10.0.0.1:80", whole: -.infinity)]
        story.take(entry)
      }
    }
    let report = story.report(Made.input)
    #expect(report.problems.reduce(0) { $0 + $1.count } >= 5)
  }
}
