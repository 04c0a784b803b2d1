import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("Sluice's own lines")
struct SluiceFieldsTests {
  private func record(_ rest: String) -> String {
    """
    {"time":"2026-11-26T20:00:00.123Z","id":"01JDMZ8P3QX4V5N6B7C8D9E0FG","client":"198.51.100.7","listener":":8080",\
    "protocol":"HTTP/1.1","method":"GET","scheme":"http","host":"api.example.com","path":"/v1/x","query":"id",\
    \(rest),"totalMs":1.234}
    """
  }

  @Test("of the access log tell exact causes and every attempt")
  func failed() throws {
    let text = record(
      #""status":502,"bytesIn":0,"bytesOut":120,"route":"api","upstream":"api","cause":"connect_refused","who":"#
        + #""application","phase":"connecting","attempts":[{"phase":"connecting","endpoint":"http://127.0.0.1:3000","#
        + #""cause":"connect_refused","errno":"ECONNREFUSED","bytesSent":0,"bytesReceived":0},{"phase":"connecting","#
        + #""endpoint":"http://127.0.0.1:3001","cause":"connect_refused","connectMs":0.4,"bytesSent":0,"#
        + #""bytesReceived":0}]"#)
    let line = try #require(LogFormatTable.standard.recognise(text))
    #expect(line.format == "sluice-access")
    #expect(!line.isOrdinary)
    let entry = try #require(line.entry)
    #expect(entry.conclusion?.cause == .connectRefused)
    #expect(entry.conclusion?.sure == .certain)
    #expect(entry.conclusion?.who == .application)
    #expect(entry.attempts.map(\.endpoint) == ["http://127.0.0.1:3000", "http://127.0.0.1:3001"])
    #expect(entry.endpoint == "http://127.0.0.1:3001")
    #expect(entry.retries == 1)
    #expect(entry.path == "/v1/x?id")
    #expect(entry.requestID == "01JDMZ8P3QX4V5N6B7C8D9E0FG")
    #expect(entry.totalTime == 1.234)
  }

  @Test("that went well are ordinary, unless an attempt failed before")
  func saved() throws {
    let well = record(
      #""status":200,"bytesIn":0,"bytesOut":2,"upstream":"api","phase":"done","attempts":[{"phase":"done","#
        + #""endpoint":"http://127.0.0.1:3001","bytesSent":1,"bytesReceived":1,"status":200}]"#)
    #expect(try #require(LogFormatTable.standard.recognise(well)).isOrdinary)
    let saved = record(
      #""status":200,"bytesIn":0,"bytesOut":2,"upstream":"api","phase":"done","attempts":[{"phase":"waiting","#
        + #""endpoint":"http://127.0.0.1:3000","cause":"stale_keepalive","bytesSent":1,"bytesReceived":0},"#
        + #"{"phase":"done","endpoint":"http://127.0.0.1:3001","bytesSent":1,"bytesReceived":1,"status":200}]"#)
    let line = try #require(LogFormatTable.standard.recognise(saved))
    #expect(!line.isOrdinary)
    #expect(line.entry?.conclusion?.cause == .staleKeepalive)
    #expect(line.entry?.endpoint == "http://127.0.0.1:3000")
    #expect(line.entry?.upstreamStatus == nil)
    #expect(line.entry?.status == 200)
  }

  @Test("of a newer version keep their failure, without a name that nobody knows")
  func newer() throws {
    let text = record(#""status":502,"bytesIn":0,"bytesOut":2,"cause":"from_the_future","phase":"done""#)
    let conclusion = try #require(LogFormatTable.standard.entry(ofLine: text)?.conclusion)
    #expect(conclusion.sure == .unknown)
  }

  @Test("on standard error are failures")
  func failure() throws {
    let text = """
      502 connect_refused GET api.example.com/v1/x -> api http://127.0.0.1:3000 (127.0.0.1:3000): The endpoint's \
      machine refused the connection: nothing listens on that port (ECONNREFUSED), 2 attempts, not retried: no_other_endpoint, \
      0.412 ms, id 01JDMZ8P3QX4V5N6B7C8D9E0FG
      """
    let line = try #require(LogFormatTable.standard.recognise(text))
    #expect(line.format == "sluice-failures")
    let entry = try #require(line.entry)
    #expect(entry.kind == .failure)
    #expect(entry.status == 502)
    #expect(entry.conclusion?.cause == .connectRefused)
    #expect(entry.conclusion?.sure == .certain)
    #expect(entry.upstream == "api")
    #expect(entry.endpoint == "http://127.0.0.1:3000")
    #expect(entry.method == "GET")
    #expect(entry.host == "api.example.com")
    #expect(entry.path == "/v1/x")
    #expect(entry.requestID == "01JDMZ8P3QX4V5N6B7C8D9E0FG")
  }

  @Test("without a request, an answer or an endpoint are failures, too")
  func short() throws {
    let early = "400 request_not_http from 198.51.100.7: What the client sent is not HTTP, 0.01 ms, id 01JD"
    #expect(LogFormatTable.standard.entry(ofLine: early)?.conclusion?.cause == .requestNotHttp)
    let gone = "--- client_aborted GET a/ -> api: The client closed the connection, 3 ms, id 01JD"
    let entry = try #require(LogFormatTable.standard.entry(ofLine: gone))
    #expect(entry.status == nil)
    #expect(entry.upstream == "api")
    #expect(entry.endpoint == nil)
  }

  @Test("a number and a word that is no cause are another program's")
  func others() {
    #expect(LogFormatTable(LogFormat.sluice).recognise("502 bad_gateway GET a/: nothing, 3 ms, id 7") == nil)
  }
}
