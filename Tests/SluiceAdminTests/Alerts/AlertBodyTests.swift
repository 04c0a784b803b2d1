import Foundation
import SluiceIncidents
import Testing

@testable import SluiceAdmin

@Suite struct AlertBodyTests {
  private func alert(_ events: ProblemEvent..., untold: Int = 0) -> Alert {
    Alert(id: "0123456789abcdef0123456789abcdef", events: events, time: noon + 120_500, untold: untold)
  }

  /// The example of the documentation is what is sent.
  @Test(arguments: ["started", "summary"])
  func theDocumentedExampleIsTrue(event: String) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/ALERTS.md")
    let blocks = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "```json\n").dropFirst()
      .compactMap { $0.components(separatedBy: "```").first }
    let documented = try blocks.map { try JSONDecoder().decode(AlertDocument.self, from: Data($0.utf8)) }
    let single = AlertDocument(alert(.started(problem())), gateway: "edge-1")
    let ended = problem("http://127.0.0.1:3001", cause: "response_header_timeout", example: nil)
    let summary = AlertDocument(alert(.started(problem()), .ended(ended), untold: 2), gateway: "edge-1")
    #expect(try #require(documented.first { $0.event == event }) == (event == "summary" ? summary : single))
  }

  @Test func aDocumentHasItsVersionAndNothingThatIsNull() throws {
    let bytes = try AlertDocument(alert(.started(problem(example: nil))), gateway: "edge-1").encoded()
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains(#""version":1"#) && text.contains(#""command":"sluice problems""#))
    #expect(!text.contains("null") && !text.contains("example"))
    let object = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    #expect(
      object.keys.sorted() == ["event", "gateway", "id", "problem", "text", "time", "untold", "version"])
  }

  @Test func aSummaryIsBounded() throws {
    let events = (0..<300).map { ProblemEvent.started(problem(String(repeating: "x", count: 5000) + "\($0)")) }
    let many = Alert(id: "a", events: events, time: noon, untold: 0)
    let document = AlertDocument(many, gateway: "edge-1")
    #expect(document.summary?.problems.count == 20 && document.summary?.more == 280)
    #expect(document.summary?.started == 300)
    #expect(document.text == "Problems at edge-1: 300 started")
    let slack = SlackMessage(many, gateway: "edge-1").text
    #expect(slack.utf8.count < 10_000 && slack.hasSuffix("and 280 more: `sluice problems`"))
  }

  @Test func slack() {
    #expect(
      SlackMessage(alert(.ended(problem()), untold: 1), gateway: "edge-1").text == """
        *Problem ended after 2m at edge-1*: connect_refused at http://127.0.0.1:3000, upstream api, route /v1
        The endpoint's machine refused the connection: nothing listens on that port.
        Who: application. 3 incidents, 1 of which no client noticed, from 2026-11-24 12:00:00 to 12:02:00 UTC.
        `sluice why 0RTGPV9QZ8E5T3M2`
        1 other problem began and ended before it could be told.
        """)
    #expect(SlackMessage.escaped("<!channel> & &lt;") == "&lt;!channel&gt; &amp; &amp;lt;")
    let named = SlackMessage(alert(.started(problem("<!channel>"))), gateway: "<a>").text
    #expect(!named.contains("<"))
  }

  @Test func causesThatAreNotKnownAreNamed() {
    #expect(AlertText.sentence(cause: "later_cause") == "The cause is 'later_cause'.")
    #expect(AlertText.sentence(cause: "other_problems") == "More problems than can be told apart.")
    let nowhere = Problem(
      number: 0, key: ProblemKey(cause: "proxy_bug", route: nil, upstream: nil, endpoint: nil), who: "gateway",
      state: .ongoing, firstSeen: noon, lastSeen: noon, count: 1, absorbed: 0, kept: 1, lastMinute: 1, example: nil)
    #expect(AlertText.place(nowhere) == "proxy_bug")
    #expect(AlertText.count(nowhere) == "1 incident, at 2026-11-24 12:00:00 UTC")
  }

  @Test(arguments: [
    (Int64(0), "0s"), (59_999, "59s"), (60_000, "1m"), (3_599_000, "59m"), (3_600_000, "1h"), (12_000_000, "3h 20m"),
    (86_400_000, "1d"), (187_200_000, "2d 4h"), (-5, "0s"),
  ])
  func durations(milliseconds: Int64, text: String) {
    #expect(AlertText.duration(milliseconds: milliseconds) == text)
  }

  @Test(arguments: [(noon + 7, "2026-11-24T12:00:00.007Z"), (Int64(-1), "1969-12-31T23:59:59.999Z")])
  func timestamps(milliseconds: Int64, text: String) {
    #expect(AlertText.timestamp(milliseconds) == text)
  }
}
