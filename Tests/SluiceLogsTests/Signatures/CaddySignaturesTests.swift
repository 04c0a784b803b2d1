import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("Signatures of Caddy")
struct CaddySignaturesTests {
  private func access(_ status: Int, _ headers: String) -> String {
    """
    {"level":"error","ts":1795726567.1108398,"logger":"http.log.access.log0","msg":"handled request","request":\
    {"remote_ip":"198.51.100.7","remote_port":"52134","client_ip":"198.51.100.7","proto":"HTTP/1.1","method":"GET",\
    "host":"shop.example.com","uri":"/v1/items","headers":{"User-Agent":["curl/8.5.0"],"Accept":["*/*"]}},\
    "bytes_read":0,"user_id":"","duration":0.001061287,"size":0,"status":\(status),"resp_headers":{\(headers)}}
    """
  }

  @Test(
    "are found in the access log",
    arguments: [
      ("C26", 499, #""Server":["Caddy"]"#), ("C26-old", 0, #""Server":["Caddy"]"#),
      ("C27", 502, #""Server":["Caddy","shop"],"Date":["Thu, 26 Nov 2026 20:56:07 GMT"]"#),
      ("C28-502", 502, #""Server":["Caddy"]"#), ("C28-503", 503, #""Server":["Caddy"]"#),
      ("C28-504", 504, #""Server":["Caddy"]"#), ("C28", 500, #""Server":["Caddy"]"#),
    ])
  func access(signature: String, status: Int, headers: String) throws {
    let line = try #require(LogFormatTable.standard.recognise(access(status, headers)))
    #expect(line.format == "caddy-json")
    #expect(!line.isOrdinary)
    #expect(line.entry?.kind == .request)
    #expect(line.entry?.conclusion?.signature == signature)
    #expect(line.entry?.client == "198.51.100.7")
  }

  @Test("a tunnel is no client that left, although it has no status either")
  func tunnel() throws {
    let headers = #""Server":["Caddy"],"Connection":["Upgrade"],"Upgrade":["websocket"]"#
    let line = try #require(LogFormatTable.standard.recognise(access(0, headers)))
    #expect(line.entry?.conclusion == nil)
  }

  @Test("an answer of another proxy behind it is explained by its Proxy-Status")
  func proxyStatus() throws {
    let headers = #""Date":["x"],"Proxy-Status":["inner; error=connection_timeout; next-hop=10.0.0.3:80"]"#
    let entry = try #require(LogFormatTable.standard.entry(ofLine: access(504, headers)))
    #expect(entry.conclusion?.cause == .connectTimeout)
    #expect(entry.conclusion?.sure == .likely)
    #expect(entry.conclusion?.alternatives.first == .upstreamStatus)
  }

  @Test(
    "are found in responses that had begun",
    arguments: [
      ("C23", "unexpected EOF", Cause.truncatedBody), ("C23-client", "context canceled", .clientAborted),
      ("C23-write", "writing: write tcp 127.0.0.1:80->127.0.0.1:5: i/o timeout", .clientAborted),
      ("C23-h2", "client disconnected", .clientAborted), ("C23-closed", "http2: stream closed", .clientAborted),
      ("C23-pipe", "write tcp 127.0.0.1:80->127.0.0.1:5: write: broken pipe", .clientAborted),
      ("C23-sent", "write tcp 127.0.0.1:80->127.0.0.1:5: write: connection reset by peer", .clientAborted),
      ("C23-reset", "stream error: stream ID 3; INTERNAL_ERROR", .h2StreamReset),
      ("C23-idle", "read tcp 127.0.0.1:5->127.0.0.1:80: i/o timeout", .bodyIdleTimeout),
      ("C23-h2-rules", "connection error: PROTOCOL_ERROR", .h2ProtocolViolation),
      ("C23-chunk", "invalid byte in chunk length", .badChunk),
    ])
  func aborts(signature: String, error: String, cause: Cause) throws {
    let line = """
      {"level":"error","ts":1795726567.12,"logger":"http.handlers.reverse_proxy","msg":"aborting with incomplete \
      response","error":"\(error)"}
      """
    let entry = try #require(LogFormatTable.standard.entry(ofLine: line))
    #expect(entry.kind == .failure)
    #expect(entry.conclusion?.signature == signature)
    #expect(entry.conclusion?.cause == cause)
  }

  @Test(
    "are found in Caddy's own errors",
    arguments: [("C22", "no upstreams available"), ("C25-none", "getting dynamic upstreams: no upstreams")])
  func own(signature: String, text: String) throws {
    let entry = try #require(
      LogFormatTable.standard.entry(
        ofLine: #"{"level":"error","ts":1795726567.15,"logger":"http.log.error","msg":"\#(text)","status":503}"#))
    #expect(entry.conclusion?.signature == signature)
  }

  @Test(
    "of events are found",
    arguments: [
      (
        #""logger":"http.handlers.reverse_proxy.health_checker.active","msg":"HTTP request failed","#
          + #""host":"10.0.0.1:9","error":"Get \"http://10.0.0.1:9/x\": dial tcp 10.0.0.1:9: connect: "#
          + #"connection refused""#,
        LogEvent.Kind.checkFailed, Cause?.some(.connectRefused)
      ),
      (
        #""logger":"http.handlers.reverse_proxy.health_checker.active","msg":"unexpected status code","#
          + #""status_code":503,"host":"10.0.0.1:9""#, .checkFailed, .upstreamStatus
      ),
      (
        #""logger":"http.handlers.reverse_proxy.health_checker.active","msg":"status code out of tolerances","#
          + #""host":"10.0.0.1:9""#, .checkFailed, .upstreamStatus
      ),
      (
        #""logger":"http.handlers.reverse_proxy.health_checker.active","msg":"response body failed expectations""#,
        .checkFailed, nil
      ),
      (#""logger":"http.handlers.reverse_proxy.health_checker.active","msg":"host is up""#, .endpointUp, nil),
      (#""logger":"http.handlers.reverse_proxy.health_checker.passive","msg":"host is down""#, .endpointDown, nil),
      (
        #""logger":"http.handlers.reverse_proxy","msg":"failed getting dynamic upstreams; falling back to static "#
          + #"upstreams","error":"lookup a on 10.0.0.2:53: no such host""#, .changed, .dnsNxdomain
      ),
      (#""msg":"serving initial configuration""#, .proxyStarted, nil),
      (#""msg":"shutting down apps, then terminating","signal":"SIGTERM""#, .proxyStopping, nil),
      (#""msg":"shutdown complete","signal":"SIGTERM","exit_code":0"#, .proxyStopping, nil),
      (#""logger":"admin.api","msg":"load complete""#, .proxyReloaded, nil),
      (
        #""logger":"http","msg":"accept error","error":"accept tcp [::]:80: accept4: too many open files""#,
        .limitReached, .localFdsOrMemory
      ),
    ] as [(String, LogEvent.Kind, Cause?)])
  func events(text: String, kind: LogEvent.Kind, cause: Cause?) throws {
    let entry = try #require(LogFormatTable.standard.entry(ofLine: #"{"level":"info","ts":1795726565.15,\#(text)}"#))
    #expect(entry.product == .caddy)
    #expect(entry.event?.kind == kind)
    #expect(entry.event?.cause == cause)
  }
}
