import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("Signatures of Traefik")
struct TraefikSignaturesTests {
  @Test(
    "are found in the access log, in both forms",
    arguments: [
      ("T29-access", 499, 499, 21, "http://10.0.0.1:80"), ("T40", 503, 0, 20, ""), ("T40-500", 500, 0, 21, ""),
      ("T33-own-502", 502, 502, 11, "http://10.0.0.1:80"), ("T33-own-504", 504, 504, 15, "http://10.0.0.1:80"),
      ("T33-own-500", 500, 500, 21, "http://10.0.0.1:80"), ("T33", 502, 502, 5120, "http://10.0.0.1:80"),
    ])
  func access(signature: String, status: Int, origin: Int, bytes: Int, endpoint: String) throws {
    let json = """
      {"ClientAddr":"198.51.100.7:52100","ClientHost":"198.51.100.7","ClientPort":"52100","DownstreamContentSize":\
      \(bytes),"DownstreamStatus":\(status),"Duration":1500000,"OriginDuration":1200000,"OriginStatus":\(origin),\
      "RequestCount":12,"RequestHost":"shop.example.com","RequestMethod":"GET","RequestPath":"/v1/items?id=7",\
      "RequestProtocol":"HTTP/1.1","RetryAttempts":0,"RouterName":"shop@docker","ServiceURL":"\(endpoint)",\
      "level":"info","msg":"","time":"2026-11-26T20:00:00Z"}
      """
    let common = """
      198.51.100.7 - - [26/Nov/2026:20:00:00 +0000] "GET /v1/items?id=7 HTTP/1.1" \(status) \(bytes) "-" "curl/8.5.0" \
      12 "shop@docker" "\(endpoint.isEmpty ? "-" : endpoint)" 2ms
      """
    for (text, format) in [(json, "traefik-json"), (common, "traefik-common")] {
      let line = try #require(LogFormatTable(LogFormat.traefik).recognise(text))
      #expect(line.format == format)
      #expect(!line.isOrdinary)
      let entry = try #require(line.entry)
      #expect(entry.conclusion?.signature == signature)
      #expect(entry.conclusion?.sure != .certain || signature == "T29-access")
      #expect(entry.endpoint == (endpoint.isEmpty ? nil : endpoint))
      #expect(entry.client == "198.51.100.7")
      #expect(entry.path == "/v1/items?id=7")
      #expect(entry.route == "shop@docker")
    }
  }

  @Test("two statuses that differ are a middleware's work")
  func differing() throws {
    let text = """
      {"DownstreamStatus":503,"OriginStatus":500,"Duration":1500000,"ServiceAddr":"10.0.0.1:80","RequestPath":"/",\
      "time":"2026-11-26T20:00:00Z"}
      """
    let entry = try #require(LogFormatTable.standard.entry(ofLine: text))
    #expect(entry.conclusion?.signature == "T39")
    #expect(entry.endpoint == "10.0.0.1:80")
    #expect(entry.totalTime == 1.5)
  }

  @Test(
    "are found in its log",
    arguments: [
      ("T29", "499 Client Closed Request", "context canceled"), ("T27", "502 Bad Gateway", "something new"),
      ("T27-504", "504 Gateway Timeout", "something new"), ("T27-500", "500 Internal Server Error", "something new"),
      ("T28", "503 Service Unavailable", "no available server"),
      ("T34", "503 Service Unavailable", "circuit breaker open"),
    ])
  func log(signature: String, message: String, error: String) throws {
    let line =
      "2026-11-26T20:00:00Z DBG github.com/traefik/traefik/v3/pkg/proxy/p.go:117 > \(message) error=\"\(error)\""
    let entry = try #require(LogFormatTable.standard.entry(ofLine: line))
    #expect(entry.kind == .failure)
    #expect(entry.conclusion?.signature == signature)
    #expect(entry.status.map { "\($0)" } == String(message.prefix(3)))
  }

  @Test(
    "of events are found",
    arguments: [
      (
        #"WRN Health check failed. error="HTTP request failed: Get \"http://10.0.0.1:80\": dial tcp 10.0.0.1:80: "#
          + #"connect: connection refused" targetURL=http://10.0.0.1:80"#, LogEvent.Kind.checkFailed,
        Cause?.some(.connectRefused)
      ),
      (
        "WRN github.com/traefik/h.go:1 > Health check: Removing from server list targetURL=http://10.0.0.1:80",
        .endpointDown, nil
      ),
      (
        "WRN github.com/traefik/h.go:1 > Health check: Returning to server list targetURL=http://10.0.0.1:80",
        .endpointUp, nil
      ),
      ("DBG Health check up. targetURL=http://10.0.0.1:80", .endpointUp, nil),
      ("DBG New attempt 2 for request: /v1/items?id=7 middlewareName=retry", .retried, nil),
      ("INF Traefik version 3.1.0 built on 2026-07-15T00:00:00Z version=3.1.0", .proxyStarted, nil),
      ("INF I have to go...", .proxyStopping, nil), ("INF Shutting down", .proxyStopping, nil),
      ("INF Stopping server gracefully", .proxyStopping, nil),
      ("DBG Configuration received config={} providerName=docker", .changed, nil),
      ("DBG Circuit breaker tripped", .limitReached, .circuitOpen),
    ] as [(String, LogEvent.Kind, Cause?)])
  func events(text: String, kind: LogEvent.Kind, cause: Cause?) throws {
    let entry = try #require(LogFormatTable.standard.entry(ofLine: "2026-11-26T20:00:00Z \(text)"))
    #expect(entry.product == .traefik)
    #expect(entry.kind == .event)
    #expect(entry.event?.kind == kind)
    #expect(entry.event?.cause == cause)
  }

  @Test("a service that is asked for permission is a dependency")
  func dependency() throws {
    let entry = try #require(
      LogFormatTable.standard.entry(
        ofLine: "2026-11-26T20:00:00Z DBG Error calling http://auth:80 "
          + #"error="Get \"http://auth:80\": dial tcp 10.0.0.5:80: connect: connection refused" middlewareName=auth"#))
    #expect(entry.kind == .failure)
    #expect(entry.conclusion?.signature == "T32")
    #expect(entry.conclusion?.cause == .connectRefused)
    #expect(entry.conclusion?.who == .dependency)
  }

  @Test("lines of other programs with the same library are not taken")
  func others() {
    for text in [
      "2026-11-26T20:00:00Z INF server started port=80", #"time="2026-11-26T20:00:00Z" level=info msg="started""#,
      #"{"level":"info","time":"2026-11-26T20:00:00Z","message":"started"}"#,
    ] {
      #expect(LogFormatTable(LogFormat.traefik).recognise(text) == nil)
    }
  }
}
