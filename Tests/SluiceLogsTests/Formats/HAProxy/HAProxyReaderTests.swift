import SluiceCore
import Testing

@testable import SluiceLogs

@Suite("The reader of HAProxy's log")
struct HAProxyReaderTests {
  private static let whole =
    "192.0.2.7:55744 [26/Nov/2026:20:53:08.937] web~ app/a1 1/2/3/4/+15 200 +51 - - --VN 2/1/1/1/0 0/0 "
    + "{curl/7.88.1|x} {gzip} \"POST /a?b=1 HTTP/1.1\""

  @Test("an ordinary line")
  func ordinary() {
    let line = LogFormatTable.standard.recognise(Self.whole)
    #expect(line?.format == "haproxy")
    #expect(line?.isOrdinary == true)
    #expect(line?.entry?.conclusion == nil)
    #expect(line?.entry?.client == "192.0.2.7")
    #expect(line?.entry?.route == "web")
    #expect(line?.entry?.upstream == "app")
    #expect(line?.entry?.endpoint == "a1")
    #expect(line?.entry?.status == 200)
    #expect(line?.entry?.upstreamStatus == 200)
    #expect(line?.entry?.bytes == 51)
    #expect(line?.entry?.queueTime == 2)
    #expect(line?.entry?.connectTime == 3)
    #expect(line?.entry?.headTime == 4)
    #expect(line?.entry?.totalTime == 15)
    #expect(line?.entry?.retries == 0)
    #expect(line?.entry?.method == "POST")
    #expect(line?.entry?.path == "/a?b=1")
    #expect(line?.entry?.time == 1_795_726_388_952)
  }

  @Test(
    "forms that are near to it",
    arguments: [
      // httpslog, error fields without the cookies, a client at a Unix socket, IPv6, a log that was cut.
      "192.0.2.7:51684 [26/Nov/2026:20:53:27.656] s~ b/a1 0/0/0/1/1 500 51 - - ---- 1/1/0/0/0 0/0 \"GET /a HTTP/1.1\" "
        + "0/0000000000000000/0/0/0 -/TLSv1.3/TLS_AES_256_GCM_SHA384",
      "192.0.2.7:55744 [26/Nov/2026:20:53:08.937] e app/a1 0/0/0/3/3 500 51 ---- 2/1/1/1/0 0/0 \"GET /a HTTP/1.1\" 0:",
      "unix:1 [26/Nov/2026:20:53:57.048] s app/a1 0/0/0/1/1 500 51 - - ---- 1/1/0/0/0 0/0 \"GET /a HTTP/1.1\" 0 -:\"\"",
      "2001:db8::7:443 [26/Nov/2026:20:53:08.937] s app/a1 0/0/0/1/1 500 5 - - ---- 1/1/0/0/0 0/0 {x y} \"GET /a HTTP",
      "192.0.2.7:1 [26/Nov/2026:20:53:08.937] s app/a1 0/0/0/1/1 500 5 a=b; c ---- 1/1/0/0/0 0/0 \"GET /a HTTP/1.1\"",
    ])
  func variants(line: String) {
    let entry = LogFormatTable.standard.entry(ofLine: line)
    #expect(entry?.conclusion?.cause == .upstreamStatus)
    #expect(entry?.endpoint == "a1")
    #expect(entry?.path?.hasPrefix("/a") == true)
  }

  @Test("TCP: two letters, no status")
  func tcp() {
    let refused = LogFormatTable.standard.recognise(
      "192.0.2.7:57242 [26/Nov/2026:20:53:30.732] t t/o 1/-1/1001 0 SC 1/1/0/0/1 0/0")
    #expect(refused?.isOrdinary == false)
    #expect(refused?.entry?.conclusion?.signature == "H01")
    #expect(refused?.entry?.status == nil)
    #expect(refused?.entry?.retries == 1)
    #expect(refused?.entry?.queueTime == 1)
    #expect(refused?.entry?.connectTime == nil)
    let well = LogFormatTable.standard.recognise(
      "192.0.2.7:57242 [26/Nov/2026:20:53:30.732] t t/o 1/0/1001 212 -- 1/1/0/0/0 0/0")
    #expect(well?.isOrdinary == true)
  }

  @Test("what is not ordinary")
  func notOrdinary() {
    for (from, to) in [("--VN", "CDVN"), (" 200 ", " 503 "), ("1/1/0 0/0", "1/1/+1 0/0"), ("1/1/0 0/0", "1/1/2 0/0")] {
      let line = Self.whole.replacing(from, with: to)
      #expect(LogFormatTable.standard.recognise(line)?.isOrdinary == false, "\(to)")
      #expect(LogFormatTable.standard.recognise(line)?.entry?.conclusion != nil, "\(to)")
    }
  }

  @Test("JSON with the usual names")
  func json() {
    let line = LogFormatTable.standard.recognise(
      #"{"timestamp":"26/Nov/2026:20:53:08.937","client_ip":"192.0.2.7","frontend_name":"web","backend_name":"app","#
        + #""server_name":"<NOSRV>","status_code":503,"termination_state":"SC--","http_method":"GET","http_path":"/a","#
        + #""time_queue":-1,"retries":0}"#)
    #expect(line?.format == "haproxy-json")
    #expect(line?.entry?.conclusion?.cause == .allUnhealthy)
    #expect(line?.entry?.endpoint == nil)
    #expect(line?.entry?.queueTime == nil)
    #expect(line?.entry?.path == "/a")
  }

  @Test("what took longer than a closed connection needs is said to be no stale one")
  func estimate() {
    let slow = LogFormatTable.standard.entry(
      ofLine: HAProxySignaturesTests.line("SH--", "502", "app/a1", "0/0/0/-1/1042"))
    #expect(slow?.conclusion?.estimate?.contains("1042 ms") == true)
    #expect(slow?.conclusion?.alternatives.contains(.staleKeepalive) == false)
    let quick = LogFormatTable.standard.entry(
      ofLine: HAProxySignaturesTests.line("SH--", "502", "app/a1", "0/0/0/-1/2"))
    #expect(quick?.conclusion?.estimate == nil)
  }

  @Test("a session without a request has no entry")
  func sessions() {
    for line in [
      "Connect from 192.0.2.7:57212 to 127.0.0.1:80 (plain/HTTP)",
      "192.0.2.7:51722 [26/Nov/2026:20:53:31.750] s/1: SSL handshake failure",
    ] {
      #expect(LogFormatTable.standard.recognise(line)?.product == .haproxy, "\(line)")
      #expect(LogFormatTable.standard.entry(ofLine: line) == nil, "\(line)")
    }
  }

  @Test("a line of another product is not taken for a session without a request")
  func others() {
    let line = "192.0.2.7 - - [26/Nov/2026:20:53:08 +0000] \"GET /a/b HTTP/1.1\" 200 157 \"-\" \"Agent: x\""
    #expect(LogFormatTable([LogFormat.haproxy].flatMap { $0 }).recognise(line) == nil)
  }

  @Test("a line is read however short it was cut")
  func cut() {
    for count in 0...Self.whole.utf8.count { _ = LogFormatTable.standard.recognise(String(Self.whole.prefix(count))) }
  }
}
