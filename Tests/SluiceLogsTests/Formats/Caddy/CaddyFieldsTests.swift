import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("Lines of Caddy")
struct CaddyFieldsTests {
  private static let request = """
    "request": {"remote_ip": "127.0.0.1", "remote_port": "52184", "proto": "HTTP/1.1", "method": "POST", "host": \
    "localhost:18080", "uri": "/refused", "headers": {"Accept": ["*/*"]}}
    """

  @Test("of the console are read, with and without colours")
  func console() throws {
    let tail =
      "\thttp.log.error.log0\tdial tcp 127.0.0.1:9: connect: connection refused\t{\(Self.request), "
      + #""duration": 0.000708097, "status": 502, "err_id": "cmihbt45n"}"#
    for level in ["ERROR", "\u{1B}[31mERROR\u{1B}[0m"] {
      let line = try #require(LogFormatTable.standard.recognise("2026/11/26 20:56:11.196\t\(level)\(tail)"))
      let entry = try #require(line.entry)
      #expect(line.format == "caddy-console")
      #expect(entry.kind == .failure)
      #expect(entry.conclusion?.cause == .connectRefused)
      #expect(entry.endpoint == "127.0.0.1:9")
      #expect(entry.client == "127.0.0.1")
      #expect(entry.method == "POST")
      #expect(entry.path == "/refused")
      #expect(entry.totalTime.map { abs($0 - 0.708097) < 1e-9 } == true)
      #expect(entry.time == 1_795_726_571_196)
    }
    let started = LogFormatTable.standard.entry(ofLine: "2026/11/26 20:56:09.219\tINFO\tserving initial configuration")
    #expect(started?.event?.kind == .proxyStarted)
  }

  @Test("that went well are ordinary", arguments: [(200, true), (404, true), (499, false), (502, false), (0, false)])
  func ordinary(status: Int, expected: Bool) throws {
    let text = """
      {"level":"info","ts":"2026-11-26T20:56:07.126Z","logger":"http.log.access","msg":"handled request",\
      "request":{"remote_ip":"127.0.0.1","method":"GET","host":"a","uri":"/"},"duration":"1.5ms","size":3,\
      "status":\(status)}
      """
    let line = try #require(LogFormatTable.standard.recognise(text))
    #expect(line.isOrdinary == expected)
    #expect(line.entry?.totalTime == 1.5)
    #expect(line.entry?.time == 1_795_726_567_126)
  }

  @Test("tell an attempt at level debug, with its endpoint")
  func attempt() throws {
    let text = """
      {"level":"debug","ts":1795726567.11,"logger":"http.handlers.reverse_proxy","msg":"upstream roundtrip",\
      "upstream":"shop:9","duration":0.0005,"request":{"remote_ip":"127.0.0.1","method":"GET","host":"a","uri":"/"},\
      "error":"dial tcp 127.0.0.1:9: connect: connection refused"}
      """
    let entry = try #require(LogFormatTable.standard.entry(ofLine: text))
    #expect(entry.kind == .failure)
    #expect(entry.endpoint == "shop:9")
    #expect(entry.conclusion?.cause == .connectRefused)
  }

  @Test("say whether a closed connection may have been an old one")
  func estimate() throws {
    func line(_ method: String, _ duration: Double) -> LogEntry? {
      LogFormatTable.standard.entry(
        ofLine: """
          {"level":"error","ts":1795726567.11,"logger":"http.log.error","msg":"EOF","request":{"method":"\(method)",\
          "uri":"/"},"duration":\(duration),"status":502}
          """)
    }
    let get = try #require(line("GET", 0.001)?.conclusion)
    #expect(get.cause == .closedBeforeResponse)
    #expect(!get.alternatives.contains(.staleKeepalive))
    let quick = try #require(line("POST", 0.001)?.conclusion)
    #expect(quick.cause == .staleKeepalive)
    #expect(quick.sure == .possible)
    #expect(quick.estimate != nil)
    let slow = try #require(line("POST", 3)?.conclusion)
    #expect(slow.cause == .closedBeforeResponse)
    #expect(slow.alternatives.contains(.staleKeepalive))
  }

  @Test("of other programs with the same library are not taken")
  func others() {
    let text = #"{"level":"error","ts":1795726567.11,"logger":"controller","msg":"reconcile failed","error":"EOF"}"#
    #expect(LogFormatTable.standard.recognise(text)?.product != .caddy)
  }
}
