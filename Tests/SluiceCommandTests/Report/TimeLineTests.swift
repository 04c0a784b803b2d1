import SluiceDiagnosis
import SluiceIncidents
import Testing

@testable import sluice

@Suite("Time line")
struct TimeLineTests {
  private func attempts(_ text: String) throws -> [StoredAttempt] {
    let line = """
      {"time":"","id":"","status":0,"bytesIn":0,"bytesOut":0,"phase":"done","totalMs":10,"attempts":[\(text)]}
      """
    return try AccessLogDecoder().decode(Array(line.utf8)).attempts ?? []
  }

  @Test("the wait is what the phases before the first byte leave")
  func wait() throws {
    let attempt = try #require(
      try attempts(
        """
        {"phase":"done","startMs":1,"resolveMs":1,"connectMs":2,"firstByteMs":7,"receiveMs":0.5,
        "bytesSent":1,"bytesReceived":1}
        """
      ).first)
    #expect(
      AttemptSpan.all(of: attempt, end: 10) == [
        TimeLine.Bar(name: "resolve", start: 1, span: 1), TimeLine.Bar(name: "connect", start: 2, span: 2),
        TimeLine.Bar(name: "wait", start: 4, span: 4), TimeLine.Bar(name: "receive", start: 8, span: 0.5),
      ])
  }

  @Test("a phase that only the failure ended lasts to the attempt's end")
  func broken() throws {
    let attempt = try #require(
      try attempts(
        """
        {"phase":"wait","cause":"response_header_timeout","startMs":1,"connectMs":2,"bytesSent":1,"bytesReceived":0}
        """
      ).first)
    #expect(
      AttemptSpan.all(of: attempt, end: 9) == [
        TimeLine.Bar(name: "connect", start: 1, span: 2), TimeLine.Bar(name: "wait", start: 3, span: 6, isBroken: true),
      ])
    let refused = try #require(
      try attempts(#"{"phase":"connect","cause":"a","startMs":1,"connectMs":2,"bytesSent":0,"bytesReceived":0}"#).first)
    #expect(
      AttemptSpan.all(of: refused, end: 9) == [TimeLine.Bar(name: "connect", start: 1, span: 2, isBroken: true)])
  }

  @Test("bars lie where they lie in the whole, and the shortest is still seen")
  func drawn() {
    let bars = [
      TimeLine.Bar(name: "queue", start: 0, span: 0.001), TimeLine.Bar(name: "connect", start: 0, span: 5),
      TimeLine.Bar(name: "wait", start: 5, span: 5, isBroken: true),
    ]
    #expect(
      TimeLine.lines(bars, total: 10, screen: Screen(width: 44, hasUnicode: false), indent: "  ") == [
        "  queue      0.001 ms |=                   |",
        "  connect    5.000 ms |==========          |",
        "  wait       5.000 ms |          =========x|",
      ])
  }

  @Test("no number of a record draws beyond its line", arguments: [0, 1e-300, 1, 1e300, .infinity, .nan, -1])
  func anyNumber(total: Double) {
    for start in [0, 1, 1e300, -1e300, .nan, .infinity] {
      for span in [0, 0.5, 1e300, -1, .nan] {
        let bar = TimeLine.Bar(name: "wait", start: start, span: span, isBroken: true)
        let line = TimeLine.lines([bar], total: total, screen: Screen(width: 60), indent: "").joined()
        #expect(line.hasSuffix("|") && PlainText.width(line) <= 60, "\(total) \(start) \(span)")
      }
    }
  }
}
