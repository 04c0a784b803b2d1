import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("The reader of nginx' access log")
struct NginxAccessReaderTests {
  private static let combined =
    #"192.0.2.7 - alice [26/Nov/2026:20:53:08 +0000] "GET /a\x22b HTTP/1.1" 200 157 "https://a/" "curl \x22x\x22""#
  private static let short = #"192.0.2.7 - - [26/Nov/2026:20:53:08 +0000] "GET /a HTTP/1.1" 200 157"#

  private func entry(_ tail: String) -> LogEntry? { LogFormatTable.standard.entry(ofLine: Self.combined + tail) }

  @Test("common and combined lines")
  func plain() {
    let line = LogFormatTable.standard.recognise(Self.combined)
    #expect(line?.format == "combined")
    #expect(line?.isOrdinary == true)
    #expect(line?.entry?.path == "/a\"b")
    #expect(line?.entry?.client == "192.0.2.7")
    #expect(line?.entry?.status == 200)
    #expect(line?.entry?.bytes == 157)
    #expect(line?.entry?.time == 1_795_726_388_000)
    #expect(line?.entry?.conclusion == nil)
    #expect(LogFormatTable.standard.recognise(Self.short)?.isOrdinary == true)
  }

  @Test(
    "upstream times behind it, in the orders that are usual",
    arguments: [
      " rt=0.120 uct=\"0.001\" uht=\"0.100\" urt=\"0.110\"", " rt=0.120 uct=0.001 uht=0.100 urt=0.110",
      " 0.120 0.001 0.100 0.110", " \"-\" rt=0.120, uct=0.001, uht=0.100, urt=0.110",
      " request_time=0.120 upstream_connect_time=0.001 upstream_header_time=0.100 upstream_response_time=0.110",
      " upstream_response_time 0.110 upstream_header_time 0.100 upstream_connect_time 0.001 request_time 0.120",
      " gzip=\"- x\" rt:0.120 uct:0.001 uht:0.100 urt:0.110",
    ])
  func times(tail: String) {
    let entry = entry(tail + " us=200")
    #expect(entry?.totalTime == 120)
    #expect(entry?.attempts == [LogAttempt(status: 200, connect: 1, head: 100, whole: 110)])
  }

  @Test("two times without names: the longer is the request's")
  func twoTimes() {
    for tail in [" 0.120 0.110", " \"0.110\" \"0.120\"", " 0.110 0.120 ."] {
      #expect(entry(tail)?.totalTime == 120)
      #expect(entry(tail)?.attempts.first?.whole == 110)
    }
    #expect(entry(" 0.120")?.totalTime == 120)
    #expect(entry(" 0.120")?.attempts == [])
  }

  @Test("a retry that helped is told with both attempts")
  func saved() {
    let line = LogFormatTable.standard.recognise(
      Self.combined + " 0.120 0.001, 0.110 \"10.0.0.1:80, 10.0.0.2:80\" 502, 200")
    #expect(line?.isOrdinary == false)
    #expect(line?.entry?.status == 200)
    // The attempt that failed, and not the one that answered.
    #expect(line?.entry?.endpoint == "10.0.0.1:80")
    #expect(line?.entry?.upstreamStatus == 502)
    #expect(
      line?.entry?.attempts == [
        LogAttempt(endpoint: "10.0.0.1:80", status: 502, whole: 1),
        LogAttempt(endpoint: "10.0.0.2:80", status: 200, whole: 110),
      ])
    #expect(line?.entry?.conclusion?.signature == "N95")
  }

  @Test("an endpoint whose request another one saved is the one that is blamed")
  func blamed() throws {
    let entry = try #require(
      self.entry(" ua=\"10.0.0.1:80, 10.0.0.2:80\" us=\"502, 200\" uct=\"-, 0.001\" uht=\"-, 0.002\""))
    #expect(entry.endpoint == "10.0.0.1:80" && entry.connectTime == nil)
    let problem = try #require(Made.report([entry]).problems.first)
    #expect(problem.place == "10.0.0.1:80")
    #expect(problem.verdict.sentence.contains("10.0.0.1:80") && !problem.verdict.sentence.contains("10.0.0.2"))
  }

  @Test("an address in quotes behind the agent is what the client said, unless an upstream's status follows")
  func forwarded() {
    #expect(entry(" \"203.0.113.9:5123\"")?.endpoint == nil)
    #expect(entry(" \"203.0.113.9:5123\" 10.0.0.1:80 502 0.100")?.endpoint == "10.0.0.1:80")
    #expect(entry(" \"10.0.0.1:80\" 502 0.100")?.endpoint == "10.0.0.1:80")
  }

  @Test("an error page in place of the endpoint's 503 is not ordinary")
  func hidden() {
    let line = LogFormatTable.standard.recognise(Self.combined + " upstream_status=503")
    #expect(line?.isOrdinary == false)
    #expect(LogFormatTable.standard.recognise(Self.combined + " upstream_status=625")?.isOrdinary == false)
    #expect(line?.entry?.conclusion?.cause == .upstreamStatus)
  }

  @Test("ingress-nginx: lists with spaces, a service and an ID")
  func ingress() {
    let line = LogFormatTable.standard.recognise(
      Self.short.replacing("200", with: "502")
        + " \"-\" \"curl\" 210 0.005 [default-web-80] [] 10.0.0.1:80, 10.0.0.2:80 0, 0 0.000, 0.004 502, 502 abc123")
    #expect(line?.format == "nginx-ingress")
    #expect(line?.entry?.upstream == "default-web-80")
    #expect(line?.entry?.endpoint == "10.0.0.2:80")
    #expect(line?.entry?.attempts.map(\.whole) == [0, 4])
    #expect(line?.entry?.requestID == "abc123")
    #expect(line?.entry?.totalTime == 5)
  }

  @Test("JSON with the names of variables")
  func json() {
    let line = LogFormatTable.standard.recognise(
      #"{"time_iso8601":"2026-11-26T20:53:08+00:00","remote_addr":"192.0.2.7","request":"POST /a HTTP/1.1","#
        + #""status":"504","request_time":"60.001","upstream_addr":"10.0.0.1:80","upstream_status":"504","#
        + #""upstream_connect_time":"0.001","upstream_header_time":"","upstream_response_time":"60.001"}"#)
    #expect(line?.format == "nginx-json")
    #expect(line?.entry?.time == 1_795_726_388_000)
    #expect(line?.entry?.method == "POST")
    #expect(line?.entry?.conclusion?.cause == .responseHeaderTimeout)
    #expect(line?.entry?.endpoint == "10.0.0.1:80")
  }

  @Test("what took longer than a closed connection needs is said to be no stale one")
  func estimate() {
    let quick = entry(" us=502 ua=10.0.0.1:80 uct=0.000 uht=- urt=0.004 rt=0.004")
    #expect(quick?.status == 200)
    let line =
      Self.short.replacing(" 200 ", with: " 502 ") + " us=502 ua=10.0.0.1:80 uct=0.000 uht=- urt=1.204 rt=1.204"
    let slow = LogFormatTable.standard.entry(ofLine: line)?.conclusion
    #expect(quick?.conclusion?.estimate == nil)
    #expect(quick?.conclusion?.alternatives.contains(.staleKeepalive) == true)
    #expect(slow?.estimate?.contains("1204 ms") == true)
    #expect(slow?.alternatives.contains(.staleKeepalive) == false)
  }

  @Test("lists of nginx")
  func lists() {
    #expect(
      NginxAttempts.list("10.0.0.1:80, unix:/a.sock : 10.0.0.2:80") == ["10.0.0.1:80", "unix:/a.sock", "10.0.0.2:80"])
    #expect(NginxAttempts.list("-, 0.001") == [nil, "0.001"])
    #expect(NginxAttempts.list(nil) == [])
    #expect(NginxAttempts.list(Array(repeating: "502", count: 500).joined(separator: ", ")).count == 32)
  }

  @Test("a line is read however short it was cut")
  func cut() {
    let lines = [
      Self.combined + " rt=0.120 us=\"502, 200\" ua=\"10.0.0.1:80, 10.0.0.2:80\" uct=0.001, - : 0.002",
      Self.short
        + " \"-\" \"curl\" 210 0.005 [default-web-80] [] 10.0.0.1:80, 10.0.0.2:80 0, 0 0.000, 0.004 502, 502 abc",
    ]
    for line in lines {
      for count in 0...line.utf8.count { _ = LogFormatTable.standard.recognise(String(line.prefix(count))) }
    }
  }
}
