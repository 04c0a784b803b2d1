import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("Signatures of other proxies")
struct OtherSignaturesTests {
  @Test(
    "of Cloudflare are found",
    arguments: [
      ("X01", 520, 0), ("X02", 521, 0), ("X03", 522, 0), ("X04", 523, 0), ("X05", 524, 0), ("X06", 525, 0),
      ("X07", 526, 0), ("X08", 530, 0), ("X10", 502, 502), ("X23", 499, 0), ("X23-none", 0, 0), ("X23-504", 504, 0),
      ("X24", 502, 0),
    ])
  func cloudflare(signature: String, edge: Int, origin: Int) throws {
    let text = """
      {"ClientIP":"198.51.100.7","ClientRequestHost":"shop.example.com","ClientRequestMethod":"GET",\
      "ClientRequestURI":"/v1/items?id=7","EdgeEndTimestamp":"2026-11-26T20:00:00Z","EdgeResponseBytes":1200,\
      "EdgeResponseStatus":\(edge),"OriginIP":"203.0.113.9","OriginResponseStatus":\(origin),"RayID":"7f1b2c3d4e5f"}
      """
    let line = try #require(LogFormatTable.standard.recognise(text))
    #expect(line.format == "cloudflare-logpush")
    #expect(!line.isOrdinary)
    #expect(line.entry?.conclusion?.signature == signature)
    #expect(line.entry?.endpoint == "203.0.113.9")
    #expect(line.entry?.time == 1_795_723_200_000)
  }

  @Test("Cloudflare's own word for its own error is taken")
  func attribution() throws {
    let text = #"{"EdgeResponseStatus":502,"OriginResponseStatus":0,"ResponseHeaders":{"cf-error-type":"1xxx"}}"#
    #expect(LogFormatTable.standard.entry(ofLine: text)?.conclusion?.signature == "X09")
    let well = #"{"EdgeResponseStatus":200,"OriginResponseStatus":200}"#
    #expect(LogFormatTable.standard.recognise(well)?.isOrdinary == true)
  }

  @Test(
    "of Traffic Server's access log are found",
    arguments: [
      ("X11", "ERR_CONNECT_FAIL/502"), ("X12", "ERR_READ_TIMEOUT/504"), ("X12-write", "ERR_LIFETIME_EXP/504"),
      ("X13", "ERR_DNS_FAIL/500"), ("X14", "ERR_CLIENT_ABORT/000"), ("X14-read", "ERR_CLIENT_READ_ERROR/400"),
      ("X25", "ERR_INVALID_REQ/400"), ("X26", "TCP_MISS/502"), ("X26-none", "ERR_UNKNOWN/500"),
    ])
  func ats(signature: String, code: String) throws {
    let text = """
      1795723200.123 5 198.51.100.7 \(code) 320 GET http://shop.example.com/v1/items - DIRECT/203.0.113.9 text/html
      """
    let line = try #require(LogFormatTable.standard.recognise(text))
    #expect(line.format == "ats-squid")
    #expect(!line.isOrdinary)
    #expect(line.entry?.conclusion?.signature == signature)
    #expect(line.entry?.endpoint == "203.0.113.9")
    #expect(line.entry?.time == 1_795_723_200_123)
  }

  @Test(
    "of Traffic Server's error log are found",
    arguments: [
      (
        "X15-refused",
        "CONNECT: attempt fail [CONNECTION_ERROR] to 10.0.0.1:80 for host='a' connection_result="
          + "Connection refused [111] error=Connection refused [111] retry_attempts=0 url='http://a/x'"
      ),
      ("X15-time", "CONNECT: attempt fail [INACTIVE_TIMEOUT] to 10.0.0.1:80 for host='a' url='http://a/x'"),
      ("X15-closed", "CONNECT: attempt fail [CONNECTION_CLOSED] to 10.0.0.1:80 for host='a' url='http://a/x'"),
      ("X15-parse", "CONNECT: attempt fail [PARSE_ERROR] to 10.0.0.1:80 for host='a' url='http://a/x'"),
      ("X15-connection", "CONNECT: attempt fail [CONNECTION_ERROR] to 10.0.0.1:80 for host='a' url='http://a/x'"),
      ("X15-open", "CONNECT: attempt fail [OPEN_RAW_ERROR] to 10.0.0.1:80 for host='a' url='http://a/x'"),
      ("X15-hangup", "RESPONSE: sent 198.51.100.7 status 502 (Server Hangup) for 'http://a/x'"),
      ("X15", "body connect#failed_connect url='http://a/x'"),
      ("X15-inactivity", "timeout#inactivity url='http://a/x'"),
      ("X15-activity", "timeout#activity url='http://a/x'"), ("X15-down", "connect#all_down url='http://a/x'"),
      ("X15-busy", "congestion#retryAfter url='http://a/x'"), ("X15-name", "connect#dns_failed url='http://a/x'"),
    ])
  func atsErrors(signature: String, text: String) throws {
    let entry = try #require(LogFormatTable.standard.entry(ofLine: "20261126.20h00m00s \(text)"))
    #expect(entry.product == .ats)
    #expect(entry.kind == .failure)
    #expect(entry.conclusion?.signature == signature)
    #expect(entry.path == "http://a/x")
  }

  @Test(
    "of Varnish are found",
    arguments: [
      ("X16", "backend shop: unhealthy"), ("X16-busy", "backend shop: busy"),
      ("X16-111", "backend shop: fail errno 111 (Connection refused)"),
      ("X16-110", "backend shop: fail errno 110 (Connection timed out)"),
      ("X16-113", "backend shop: fail errno 113 (No route to host)"),
      ("X16-101", "backend shop: fail errno 101 (Network is unreachable)"),
      ("X16-99", "backend shop: fail errno 99 (Cannot assign requested address)"),
      ("X16-24", "backend shop: fail errno 24 (Too many open files)"),
      ("X16-2", "backend shop: fail errno 2 (No such file or directory)"),
      ("X16-0", "backend shop: fail errno 0 (Success)"), ("X16-other", "backend shop: fail errno 71 (Protocol error)"),
      ("X17", "first byte timeout"), ("X17", "first byte timeout (reused connection)"),
      ("X17-idle", "between bytes timeout"), ("X18", "backend closed"), ("X18-reused", "backend closed (reused)"),
      ("X18-junk", "Received junk"), ("X18-size", "overflow"), ("X18-format", "http format error"),
      ("X18-head", "HTC eof (-1)"), ("X19", "backend write error: 32 (Broken pipe)"),
      ("X19-body", "req.body read error: 104 (Connection reset by peer)"), ("X19-none", "No backend"),
      ("X19-director", "Director shop returned no backend"), ("X27", "chunked missing NL"),
      ("X27-length", "straight insufficient bytes"), ("X27-eof", "eof socket fail"), ("X28", "Could not get storage"),
    ])
  func varnish(signature: String, text: String) throws {
    for line in ["-   FetchError     \(text)", "     32770 FetchError     b \(text)", "--  FetchError     \(text)"] {
      let entry = try #require(LogFormatTable.standard.entry(ofLine: line), "\(line)")
      #expect(entry.product == .varnish)
      #expect(entry.conclusion?.signature == signature)
      if text.hasPrefix("backend shop:") { #expect(entry.upstream == "shop") }
    }
  }

  @Test(
    "of Varnish's probes are found",
    arguments: [
      ("shop Went sick -------H 2 3 5 0.000000 0.000000 \"\"", LogEvent.Kind.endpointDown),
      ("shop Back healthy 4---X-RH 3 3 5 0.000400 0.000300 \"HTTP/1.1 200 OK\"", .endpointUp),
      ("shop Still healthy ------- fail", .checkFailed),
    ])
  func varnishEvents(text: String, kind: LogEvent.Kind) {
    #expect(
      LogFormatTable.standard.entry(ofLine: "     0 Backend_health - \(text)")?.event?.kind == kind)
  }

  @Test(
    "of Varnish's worker are found in the lines of its manager, as syslog has them",
    arguments: [
      ("Child (123) died signal=11", LogEvent.Kind.proxyCrashed), ("Child (124) Started", .proxyStarted),
    ])
  func varnishWorker(text: String, kind: LogEvent.Kind) {
    let entry = LogFormatTable.standard.entry(ofLine: "Nov 26 20:00:00 edge varnishd[17]: \(text)")
    #expect(entry?.event?.kind == kind)
    #expect(entry?.product == .varnish && entry?.upstream == nil)
    #expect(LogFormatTable.standard.entry(ofLine: text)?.product != .varnish)
  }

  @Test("of access logs in the combined form are the program's that the prefix names")
  func combined() throws {
    let text = #"198.51.100.7 - - [26/Nov/2026:20:00:00 +0000] "GET http://a/x HTTP/1.1" 503 286 "-" "curl/8.5.0""#
    for (id, product, signature) in [("varnish-ncsa", LogProduct.varnish, "X29"), ("nghttpx-access", .nghttpx, "X37")] {
      let format = try #require(LogFormat.others.first { $0.id == id })
      let bytes = Array(text.utf8)
      var fields = FieldSet()
      guard case .template(let template) = format.shape else { return }
      let isMatch = template.match(bytes.span.bytes, into: &fields)
      #expect(isMatch)
      let isAnyones = format.accepts(bytes.span.bytes, fields)
      #expect(!isAnyones)
      fields.writer = product
      let isItsOwn = format.accepts(bytes.span.bytes, fields)
      #expect(isItsOwn)
      let isOrdinary = format.isOrdinary(bytes.span.bytes, fields)
      #expect(!isOrdinary)
      let values = FieldValues(fields, of: bytes.span.bytes)
      let entry = try #require(format.entry(values))
      #expect(entry.conclusion?.signature == signature)
      #expect(entry.status == 503)
    }
    let row = OtherSignatures.varnish.first(matching: FieldValues([.status: "500"]))
    #expect(row?.id == "X29-status")
  }

  @Test(
    "of nghttpx are found",
    arguments: [
      ("[DCONN:0x7fb8] Connect time out; addr=10.0.0.1:80", Cause?.some(.connectTimeout), LogEvent.Kind?.none),
      ("[DCONN:0x7fb8] Backend connect failed; addr=10.0.0.1:80", .connectRefused, nil),
      ("[DCONN:0x7fb8] connect() failed; addr=10.0.0.1:80 errno=111", .connectRefused, nil),
      ("Could not connect 1 times in a row; sleep for 1.76375 seconds", nil, .endpointDown),
      ("addr=10.0.0.1:80 is considered as offline", nil, .endpointDown),
      ("addr=10.0.0.1:80 is considered as online", nil, .endpointUp), ("Worker process is up", nil, .proxyStarted),
      ("Graceful shutdown signal received", nil, .proxyStopping),
    ])
  func nghttpx(text: String, cause: Cause?, kind: LogEvent.Kind?) throws {
    for line in [
      "2026-11-26T20:00:00.327Z 2242 2242 cd5cde85 WARN (shrpx_http_downstream_connection.cc:1158) \(text)",
      "26/Nov/2026:20:00:00 +0000 PID2242 [WARN] shrpx_http_downstream_connection.cc:1158 \(text)",
    ] {
      let entry = try #require(LogFormatTable.standard.entry(ofLine: line), "\(line)")
      #expect(entry.product == .nghttpx)
      #expect(entry.conclusion?.cause == cause)
      #expect(entry.event?.kind == kind)
      #expect(entry.kind == (cause == nil ? .event : .failure))
      #expect(entry.process == 2242)
      #expect(entry.time.map { $0 / 1000 } == 1_795_723_200)
      if text.contains("addr=") { #expect((entry.endpoint ?? entry.event?.endpoint) == "10.0.0.1:80") }
    }
  }

  @Test(
    "of Pingora are found",
    arguments: [
      ("X21-client", "Downstream InvalidHTTPHeader"), ("X21-away", "Downstream ReadError cause: reset"),
      ("X21-gone", "Downstream WriteError"),
      ("X21-refused", "Upstream ConnectRefused context: Peer: addr: 10.0.0.1:80"),
      ("X21-time", "Upstream ConnectTimedout"), ("X21-route", "Upstream ConnectNoRoute"),
      ("X21-handshake-time", "Upstream TLSHandshakeTimedout"), ("X21-handshake-io", "Upstream HandshakeError"),
      ("X21-expired", "Upstream TLSHandshakeFailure context: certificate has expired"),
      ("X21-name", "Upstream TLSHandshakeFailure context: Hostname mismatch"),
      ("X21-plain", "Upstream TLSHandshakeFailure context: wrong version number"),
      ("X21-verify", "Upstream TLSHandshakeFailure context: certificate verify failed"),
      ("X21-handshake", "Upstream TLSHandshakeFailure"), ("X21-certificate", "Upstream InvalidCert"),
      ("X21-connect", "Upstream ConnectError"), ("X21-bind", "Internal BindError"),
      ("X21-socket", "Internal SocketError"), ("X21-read-time", "Upstream ReadTimedout"),
      ("X21-write-time", "Upstream WriteTimedout"), ("X21-closed", "Upstream ConnectionClosed context: while reading"),
      ("X21-reset", "Upstream ReadError"), ("X21-write", "Upstream WriteError"),
      ("X21-header", "Upstream InvalidHTTPHeader"), ("X21-h1", "Upstream H1Error"), ("X21-h2", "Upstream H2Error"),
      ("X21-downgrade", "Upstream H2Downgrade"), ("X21-h2-bytes", "Upstream InvalidH2"),
      ("X21-status", "Unset HTTPStatus code: 503"), ("X21", "Internal InternalError"),
      ("X21-other", "Unset UnknownError"),
    ])
  func pingora(signature: String, text: String) throws {
    for prefix in ["[2026-11-26T20:00:00Z ERROR pingora_proxy] ", "2026-11-26T20:00:00.000Z ERROR pingora_proxy: "] {
      let line = "\(prefix)Fail to proxy: \(text), status: 502, tries: 1, retry: false, GET /v1/x, Host: a"
      let entry = try #require(LogFormatTable.standard.entry(ofLine: line))
      #expect(entry.product == .pingora)
      #expect(entry.conclusion?.signature == signature)
      #expect(entry.status == 502)
      #expect(entry.path == "/v1/x")
      #expect(entry.host == "a")
      #expect(entry.time == 1_795_723_200_000)
    }
  }

  @Test(
    "of Linkerd are found",
    arguments: [
      ("X22-refused", "client error (Connect): Connection refused"), ("X22-refused-number", "connect: os error 111"),
      ("X22-time", "endpoint 10.0.0.1:80: connect timed out after 1s"),
      ("X22-route", "No route to host (os error 113)"),
      ("X22-net", "Network is unreachable"), ("X22-ports", "Cannot assign requested address"),
      ("X22-files", "Too many open files"), ("X22-issuer", "connection error: unknown issuer"),
      ("X22-issuer-now", "invalid peer certificate: UnknownIssuer"),
      ("X22-expired", "invalid peer certificate: Expired"),
      ("X22-identity", "identity required: required id does not match"), ("X22-loop", "loop detected"),
      ("X22", "logical service 10.0.0.1:80: service in fail-fast"), ("X22-fast", "Service in failfast"),
      ("X22-shed", "load shed"), ("X22-full", "max concurrency exhausted"), ("X22-none", "no route found for request"),
      ("X22-head-time", "HTTP response timed out"), ("X22-response", "response header timeout"),
      ("X22-whole", "request timed out after 10s"), ("X22-goaway", "http2 error: GO_AWAY"),
      ("X22-stream", "stream error received: refused stream before processing any application logic"),
      ("X22-stream-other", "stream error received: unexpected internal error encountered"),
      ("X22-early", "connection closed before message completed"), ("X22-dispatch", "dispatch task is gone"),
      ("X22-reset", "Connection reset by peer"), ("X22-pipe", "Broken pipe"),
      ("X22-http", "invalid HTTP version parsed"),
    ])
  func linkerd(signature: String, error: String) throws {
    let plain = """
      [  1234.567890s]  WARN ThreadId(01) outbound:rescue{client.addr=198.51.100.7:41000}: \
      linkerd_app_core::errors::respond: HTTP/1.1 request failed error=\(error) error.sources=[x]
      """
    let json = """
      {"timestamp":"2026-11-26T20:00:00Z","level":"WARN","fields":{"message":"HTTP/1.1 request failed","error":\
      "\(error)"},"target":"linkerd_app_core::errors::respond","threadId":"ThreadId(1)"}
      """
    for line in [plain, json] {
      let entry = try #require(LogFormatTable.standard.entry(ofLine: line), "\(line)")
      #expect(entry.product == .linkerd)
      #expect(entry.kind == .failure)
      #expect(entry.conclusion?.signature == signature)
    }
    #expect(LogFormatTable.standard.entry(ofLine: plain)?.client == "198.51.100.7")
  }

  @Test(
    "of Linkerd's events are found",
    arguments: [
      ("Service entering failfast after 3s", LogEvent.Kind.noEndpointLeft),
      ("Service entering fail-fast", .noEndpointLeft), ("Service has recovered", .endpointUp),
      ("Failed to connect error=endpoint 10.0.0.1:80: Connection refused (os error 111)", .checkFailed),
      ("received signal SIGTERM", .proxyStopping),
    ])
  func linkerdEvents(text: String, kind: LogEvent.Kind) throws {
    let line = "[  1234.567890s]  INFO ThreadId(01) outbound: linkerd_stack::failfast: \(text)"
    let event = try #require(LogFormatTable.standard.entry(ofLine: line)?.event)
    #expect(event.kind == kind)
    if kind == .checkFailed { #expect(event.cause == .connectRefused) }
  }

  @Test("have identifiers of their own")
  func identifiers() {
    let rows =
      OtherSignatures.cloudflare + OtherSignatures.ats + OtherSignatures.varnish
      + OtherSignatures.varnishEvents + OtherSignatures.nghttpx + OtherSignatures.nghttpxAccess
      + OtherSignatures.pingora + OtherSignatures.linkerd + OtherSignatures.linkerdEvents
    #expect(Set(rows.map(\.id)).count == rows.count)
  }
}
