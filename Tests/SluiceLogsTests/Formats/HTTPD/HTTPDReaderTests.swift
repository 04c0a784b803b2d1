import SluiceCore
import Testing

@testable import SluiceLogs

@Suite("The readers of Apache httpd's logs")
struct HTTPDReaderTests {
  private static let whole =
    "[Thu Nov 26 20:53:11.159252 2026] [proxy_http:error] [pid 24168:tid 24230] (70007)The timeout specified has "
    + "expired: [client [2001:db8::7]:55850] AH01102: error reading status line from remote server 127.0.0.1:3000, "
    + "referer: https://shop.example/"

  @Test("every part of an error line has its field")
  func error() {
    let entry = LogFormatTable.standard.entry(ofLine: Self.whole)
    #expect(entry?.kind == .failure)
    #expect(entry?.time == 1_795_726_391_159)
    #expect(entry?.client == "2001:db8::7")
    #expect(entry?.process == 24168)
    #expect(entry?.connection == "tid 24230")
    #expect(entry?.endpoint == "127.0.0.1:3000")
    #expect(entry?.conclusion?.cause == .responseHeaderTimeout)
  }

  @Test("the path that a summary names")
  func path() {
    let entry = LogFormatTable.standard.entry(
      ofLine:
        "[Thu Nov 26 20:53:11 2026] [error] [client 192.0.2.7] proxy: Error reading from remote server returned by /a")
    #expect(entry?.path == "/a")
    #expect(entry?.client == "192.0.2.7")
    #expect(entry?.connection == nil)
  }

  @Test("what says nothing of a failure has no entry")
  func silent() {
    let line = "[Thu Nov 26 20:53:07.451377 2026] [ssl:info] [pid 1:tid 1] AH01887: Init: Initializing virtual hosts"
    #expect(LogFormatTable.standard.recognise(line)?.format == "httpd-error")
    #expect(LogFormatTable.standard.entry(ofLine: line) == nil)
  }

  @Test("vhost_combined, with microseconds and the worker's name")
  func access() {
    let line = LogFormatTable.standard.recognise(
      "shop.example:443 192.0.2.7 - - [26/Nov/2026:20:53:36 +0000] \"GET /a HTTP/1.1\" 200 54 \"-\" \"curl \\\"x\\\"\" "
        + "383000 http://10.0.0.2:80")
    #expect(line?.format == "httpd-access")
    #expect(line?.isOrdinary == true)
    #expect(line?.entry?.route == "shop.example:443")
    #expect(line?.entry?.client == "192.0.2.7")
    #expect(line?.entry?.endpoint == "10.0.0.2:80")
    #expect(line?.entry?.totalTime == 383)
    #expect(line?.entry?.time == 1_795_726_416_383)
    #expect(line?.entry?.conclusion == nil)
  }

  @Test(
    "whose a line in the combined format is",
    arguments: [
      ("", "combined", nil), (" 4445", "httpd-access", 4.445), (" 0/4445", "httpd-access", 4.445),
      (" 12 4445 -", "httpd-access", nil), (" 0 350000", "httpd-access", 350), (" 2000123 2", "httpd-access", 2000.123),
      (" 1", "httpd-access", nil), (" -", "combined", nil),
      (" 0.004", "nginx-access", 4), (" 4445 \"192.0.2.9\"", "combined", nil),
    ] as [(String, String, Double?)])
  func whose(tail: String, format: String, time: Double?) {
    let line = "192.0.2.7 - - [26/Nov/2026:20:53:36 +0000] \"GET /a HTTP/1.1\" 200 544 \"-\" \"curl\"" + tail
    #expect(LogFormatTable.standard.recognise(line)?.format == format)
    #expect(LogFormatTable.standard.recognise(line)?.entry?.totalTime == time)
  }

  @Test("the prefix of a line decides whose it is")
  func prefix() {
    let bytes = Array("192.0.2.7 - - [26/Nov/2026:20:53:36 +0000] \"GET /a HTTP/1.1\" 503 544 \"-\" \"curl\"".utf8)
    var fields = FieldSet()
    fields.writer = .httpd
    #expect(HTTPDAccessReader.read(bytes.span.bytes, &fields))
    #expect(!NginxAccessReader.read(bytes.span.bytes, &fields))
    fields.writer = .nginx
    #expect(!HTTPDAccessReader.read(bytes.span.bytes, &fields))
    #expect(NginxAccessReader.read(bytes.span.bytes, &fields))
  }

  @Test("a line is read however short it was cut")
  func cut() {
    let lines = [
      Self.whole,
      "shop.example:443 192.0.2.7 - - [26/Nov/2026:20:53:36 +0000] \"GET /a\" 503 544 \"-\" \"c\" 0/383 http://a:80",
    ]
    for line in lines {
      for count in 0...line.utf8.count { _ = LogFormatTable.standard.recognise(String(line.prefix(count))) }
    }
  }
}
