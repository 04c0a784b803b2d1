import SluiceCore
import Testing

@testable import SluiceLogs

@Suite("Events of logs")
struct EventLedgerTests {
  private func seen(_ kind: LogEvent.Kind, at seconds: Double, endpoint: String) throws -> SeenEvent {
    let entry = Made.event(kind, at: seconds, endpoint: endpoint)
    return SeenEvent(entry, try #require(entry.event))
  }

  @Test("the same thing said again within a minute is one event")
  func again() throws {
    var ledger = EventLedger()
    for time in [0.0, 50, 100, 200] { ledger.add(try seen(.endpointDown, at: time, endpoint: "a:1")) }
    ledger.add(try seen(.endpointDown, at: 0, endpoint: "b:1"))
    ledger.add(try seen(.endpointUp, at: 0, endpoint: "a:1"))
    #expect(ledger.events.map(\.count) == [3, 1, 1, 1])
    #expect(ledger.events.first?.last == Made.at(100))
  }

  @Test("beyond the bound they are counted, and the report says so")
  func bound() throws {
    var story = LogStory()
    for number in 0..<(EventLedger.eventsMax + 7) {
      story.take(Made.event(.endpointDown, at: 0, endpoint: "10.0.0.1:\(number)"))
    }
    #expect(story.report(Made.input).remarks == ["7 events beyond the first \(EventLedger.eventsMax) are left out."])
  }
}
