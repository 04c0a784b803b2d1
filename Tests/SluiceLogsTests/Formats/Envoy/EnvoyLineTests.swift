import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("Lines of Envoy")
struct EnvoyLineTests {
  private static let tail = #""-" "curl/8.5.0" "4be1f6de" "shop.example.com" "10.0.0.1:80""#

  @Test(
    "of all versions are read",
    arguments: [
      #"[2026-11-26T20:00:00.000Z] "GET / HTTP/1.1" 503 UF 0 91 120 - \#(tail)"#,
      #"[2026-11-26T20:00:00.000Z] "GET / HTTP/1.1" 503 UF,URX "-" "delayed connect error: 111" 0 91 120 - \#(tail) "#
        + "outbound|80||shop - 10.0.0.9:80 198.51.100.7:5 - -",
      #"[2026-11-26T20:00:00.000Z] "GET / HTTP/1.1" 503 UF via_x - "-" 0 91 120 - \#(tail) shop"#,
    ])
  func versions(text: String) throws {
    let line = try #require(LogFormatTable.standard.recognise(text))
    #expect(line.format == "envoy-text")
    let entry = try #require(line.entry)
    #expect(entry.status == 503)
    #expect(entry.endpoint == "10.0.0.1:80")
    #expect(entry.host == "shop.example.com")
    #expect(entry.totalTime == 120)
    #expect(entry.time == 1_795_723_200_120)
  }

  @Test("of others are not taken, however they are cut")
  func cut() {
    let whole = #"[2026-11-26T20:00:00.000Z] "GET / HTTP/1.1" 503 UF 0 91 120 - \#(Self.tail)"#
    for count in 0..<whole.utf8.count - 1 {
      #expect(LogFormatTable(LogFormat.envoy).recognise(String(whole.prefix(count))) == nil)
    }
  }

  @Test("in JSON are read")
  func json() throws {
    let text = """
      {"start_time":"2026-11-26T20:00:00.000Z","method":"POST","path":"/v1/x","protocol":"HTTP/2",\
      "response_code":"503",\
      "response_flags":"UpstreamConnectionFailure,UpstreamRetryLimitExceeded","response_code_details":\
      "upstream_reset_before_response_started{remote_connection_failure|delayed_connect_error:_Connection_refused}",\
      "duration":12,"upstream_host":"10.0.0.1:80","upstream_cluster":"shop","x_forwarded_for":null,\
      "downstream_remote_address":"198.51.100.7:5123","authority":"shop.example.com","request_id":"4be1f6de",\
      "route_name":"default","upstream_request_attempt_count":3}
      """
    let line = try #require(LogFormatTable.standard.recognise(text))
    #expect(line.format == "envoy-json")
    #expect(!line.isOrdinary)
    let entry = try #require(line.entry)
    #expect(entry.conclusion?.signature == "E01")
    #expect(entry.client == "198.51.100.7")
    #expect(entry.retries == 2)
    #expect(entry.upstream == "shop")
    #expect(entry.method == "POST")
  }

  @Test(
    "are ordinary without flags below 500",
    arguments: [
      ("200", "-", true), ("404", "-", true), ("0", "-", true),
      ("404", "NR", false), ("503", "-", false), ("200", "URX", false),
    ])
  func ordinary(status: String, flags: String, expected: Bool) throws {
    let text = #"[2026-11-26T20:00:00.000Z] "GET / HTTP/1.1" \#(status) \#(flags) 0 91 120 12 \#(Self.tail)"#
    #expect(try #require(LogFormatTable.standard.recognise(text)).isOrdinary == expected)
  }

  @Test(
    "are not ordinary where they tell of a failure without a flag",
    arguments: [
      (#""response_code_details":"via_upstream""#, true), (#""response_code_details":"no_healthy_upstream""#, false),
      (#""upstream_transport_failure_reason":"TLS_error""#, false),
    ])
  func told(_ detail: String, isOrdinary: Bool) throws {
    let text =
      #"{"start_time":"2026-11-26T20:00:00.123Z","method":"GET","path":"/","response_code":103,"#
      + #""response_flags":"-",\#(detail),"upstream_host":null,"duration":1}"#
    #expect(try #require(LogFormatTable.standard.recognise(text)).isOrdinary == isOrdinary)
  }

  @Test(
    "without a reason are judged by time, and say so",
    arguments: [
      ("UF", 1, Cause.connectRefused, true), ("UF", 5000, .connectTimeout, true), ("UF", 200, .connectRefused, false),
      ("UC", 1, .staleKeepalive, true), ("UC", 300, .closedBeforeResponse, false),
    ])
  func estimates(flags: String, duration: Int, cause: Cause, isEstimate: Bool) throws {
    let text = #"[2026-11-26T20:00:00.000Z] "GET / HTTP/1.1" 503 \#(flags) 0 91 \#(duration) - \#(Self.tail)"#
    let conclusion = try #require(LogFormatTable.standard.entry(ofLine: text)?.conclusion)
    #expect(conclusion.cause == cause)
    #expect((conclusion.estimate != nil) == isEstimate)
    #expect(conclusion.sure < .certain)
    #expect(!conclusion.alternatives.contains(cause))
  }
}
