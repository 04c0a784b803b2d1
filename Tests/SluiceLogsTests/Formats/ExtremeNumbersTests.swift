import Foundation
import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

/// A log is a stranger's: whatever number stands in it, it is read, put into the story and printed.
@Suite("Numbers that nobody measured")
struct ExtremeNumbersTests {
  static let numbers = [
    "9223372036854775807", "-9223372036854775808", "9223372036854774784", "18446744073709551615", "1e308", "1e400",
    "inf", "nan", "-1", "0",
  ]

  static let lines: [(product: String, line: @Sendable (String) -> String)] = [
    (
      "haproxy",
      {
        "10.1.1.1:5 [26/Nov/2026:20:00:03.500] fe be/s1 \($0)/\($0)/\($0)/\($0)/\($0) 503 \($0) - - SC-- "
          + "1/1/1/1/\($0) 0/0 \"GET / HTTP/1.1\""
      }
    ),
    (
      "traefik",
      {
        """
        {"time":"2026-11-26T20:00:00Z","DownstreamStatus":502,"OriginStatus":502,"Duration":\($0),\
        "OriginDuration":\($0),"RetryAttempts":\($0),"ServiceName":"s","RequestMethod":"GET","RequestPath":"/",\
        "ClientHost":"1.2.3.4"}
        """
      }
    ),
    (
      "envoy",
      {
        """
        {"start_time":"2026-11-26T20:00:00.000Z","response_code":503,"response_flags":"UF","duration":\($0),\
        "upstream_service_time":"\($0)","upstream_request_attempt_count":\($0),"method":"GET","path":"/",\
        "upstream_cluster":"c"}
        """
      }
    ),
    (
      "caddy",
      {
        """
        {"level":"error","ts":0,"logger":"http.log.access","msg":"handled request","request":{"remote_ip":"10.1.1.1",\
        "method":"POST","host":"a","uri":"/x"},"duration":"\($0)ms","status":502}
        """
      }
    ),
    (
      "nginx",
      {
        #"10.1.1.1 - - [26/Nov/2026:20:00:00 +0000] "GET /a HTTP/1.1" 502 12 "-" "x" rt=\#($0) "#
          + #"ua="10.0.0.1:80" us="502" uct="\#($0)" uht="\#($0)" urt="\#($0)""#
      }
    ),
    (
      "alb",
      {
        """
        http 2026-11-26T20:00:00.186641Z app/a/5 198.51.100.7:2817 10.0.0.1:80 \($0) \($0) \($0) 502 502 34 366 \
        "GET http://shop.example.com:80/ HTTP/1.1" "curl" - - arn:aws:x "Root=1" "-" "-" 0 2026-11-26T19:59:59.364000Z \
        "forward" "-" "-" "10.0.0.1:80" "502" "-" "-" TID_1
        """
      }
    ),
    ("ats", { "1795723200.123 \($0) 10.1.1.1 ERR_CONNECT_FAIL/502 320 GET http://a/x - DIRECT/203.0.113.9 text/html" }),
    (
      "other", { "2026-11-26T20:00:00Z 502 GET /a \($0) \($0)" }
    ),
  ]

  private static let own = """
    formats:
      - name: mine
        template: '{time} {status} {method} {path} {totalTime} {retries}'
    """

  private static func table(_ product: String) throws -> LogFormatTable {
    guard product == "other" else { return .standard }
    return LogFormatTable(try LogCustomisation(parsing: Self.own, file: "mine.yaml"))
  }

  @Test("are read, joined and printed", arguments: ExtremeNumbersTests.lines.map(\.product))
  func whole(product: String) throws {
    let table = try Self.table(product)
    let line = try #require(Self.lines.first { $0.product == product }).line
    var story = LogStory()
    var read = 0
    for number in Self.numbers {
      guard let recognised = table.recognise(line(number)), let entry = recognised.entry else { continue }
      #expect(recognised.product.rawValue == product)
      read += 1
      story.take(entry)
      // Another line of the same request is compared with it.
      var other = entry
      other.kind = .failure
      other.conclusion = LineConclusion(signature: "N00", cause: .connectRefused, sure: .certain)
      story.take(other)
      let text = try JSONEncoder().encode(EntryAnswer(entry, file: "a.log"))
      #expect(!text.isEmpty)
      #expect((entry.retries ?? 0) <= FieldValues.countMax && (entry.retries ?? 0) >= 0)
      for time in [entry.totalTime, entry.headTime, entry.connectTime, entry.queueTime] {
        #expect((time ?? 0) < 1e14 && (time ?? 0) >= 0, "\(number)")
      }
    }
    #expect(read >= 2)
    #expect(!story.report(Made.input).causes.isEmpty)
  }

  @Test("of retries make no attempts", arguments: ["9223372036854775807", "-9223372036854775808", "1000001"])
  func retries(number: String) throws {
    for product in ["traefik", "envoy", "other"] {
      let line = try #require(Self.lines.first { $0.product == product }).line
      let entry = try #require(try Self.table(product).entry(ofLine: line(number)))
      #expect(EntryAnswer(entry, file: "a").attempts == nil)
    }
  }

  @Test("of Sluice's own records are bounded, too")
  func own() throws {
    let line = """
      {"time":"2026-11-24T03:20:00.123Z","id":"01M85S2HVV00000000000000A1","method":"GET","host":"a","path":"/",\
      "status":502,"bytesIn":8,"bytesOut":5,"route":"/","upstream":"app","cause":"connect_refused","who":"application",\
      "phase":"connect","attempts":[],"totalMs":9.2e18}
      """
    let entry = try #require(LogFormatTable.standard.entry(ofLine: line))
    #expect(entry.product == .sluice && entry.totalTime == nil)
  }
}
