import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

/// Each row by an error as Go writes it, in a line of Caddy's and in one of Traefik's.
@Suite("Signatures of Go")
struct GoSignaturesTests {
  private static let errors = [
    ("G01", "dial tcp 127.0.0.1:9000: connect: connection refused"),
    ("G02", "dial tcp 10.0.0.1:80: i/o timeout"),
    ("G02-kernel", "dial tcp 10.0.0.1:80: connect: connection timed out"),
    ("G02-deadline", "dial tcp 10.0.0.1:80: context deadline exceeded"),
    ("G03", "dial tcp 10.0.0.1:80: connect: no route to host"),
    ("G03-host", "dial tcp 10.0.0.1:80: connect: host is unreachable"),
    ("G03-net", "dial tcp 10.0.0.1:80: connect: network is unreachable"),
    ("G04", "dial tcp: lookup shop.internal on 10.0.0.2:53: no such host"),
    ("G04-servfail", "dial tcp: lookup shop.internal on 10.0.0.2:53: server misbehaving"),
    ("G04-temporary", "dial tcp: lookup shop.internal: Temporary failure in name resolution"),
    ("G04-timeout", "dial tcp: lookup shop.internal on 10.0.0.2:53: read udp 10.0.0.9:40000->10.0.0.2:53: i/o timeout"),
    ("G04-refused", "dial tcp: lookup a on 10.0.0.2:53: read udp 10.0.0.9:1->10.0.0.2:53: read: connection refused"),
    ("G05", "dial tcp 10.0.0.1:80: connect: cannot assign requested address"),
    ("G06", "dial tcp 10.0.0.1:80: socket: too many open files"),
    ("G06-memory", "dial tcp 10.0.0.1:80: connect: no buffer space available"), ("G07", "EOF"),
    ("G07-within", "http: transport: EOF"),
    ("G08", "read tcp 10.0.0.9:40112->10.0.0.1:80: read: connection reset by peer"),
    ("G09", "write tcp 10.0.0.9:40112->10.0.0.1:80: write: broken pipe"),
    ("G09-reset", "write tcp 10.0.0.9:40112->10.0.0.1:80: write: connection reset by peer"),
    ("G10", "net/http: timeout awaiting response headers"), ("G11", "net/http: TLS handshake timeout"),
    (
      "G12",
      "tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time "
        + "2026-11-26T20:00:00Z is after 2026-01-01T00:00:00Z"
    ),
    (
      "G12-early",
      "x509: certificate has expired or is not yet valid: current time 2026-11-26T20:00:00Z is before "
        + "2027-01-01T00:00:00Z"
    ),
    ("G12-either", "x509: certificate has expired or is not yet valid"),
    ("G13", "tls: failed to verify certificate: x509: certificate signed by unknown authority"),
    ("G14", "x509: certificate is valid for a.example.com, not b.example.com"),
    ("G14-ip", "x509: cannot validate certificate for 10.0.0.1 because it doesn't contain any IP SANs"),
    ("G14-none", "x509: certificate is not valid for any names, but wanted to match b.example.com"),
    ("G14-old", "x509: certificate relies on legacy Common Name field, use SANs instead"),
    ("G15", "tls: first record does not look like a TLS handshake"),
    ("G15-answer", "http: server gave HTTP response to HTTPS client"), ("G16", "remote error: tls: internal error"),
    ("G16-certificate", "remote error: tls: certificate required"), ("G16-bad", "remote error: tls: bad certificate"),
    ("G16-issuer", "remote error: tls: unknown certificate authority"),
    ("G16-version", "remote error: tls: protocol version not supported"),
    ("G16-name", "remote error: tls: unrecognized name"), ("G16-handshake", "remote error: tls: handshake failure"),
    ("G17", #"net/http: HTTP/1.x transport connection broken: malformed HTTP response "SSH-2.0-OpenSSH_9.6""#),
    ("G17-tls", #"net/http: HTTP/1.x transport connection broken: malformed HTTP response "\x15\x03\x01\x00\x02\x02""#),
    ("G17-h2", #"net/http: HTTP/1.x transport connection broken: malformed HTTP response "\x00\x00\x12\x04\x00""#),
    ("G17-status", #"net/http: HTTP/1.x transport connection broken: malformed HTTP status code "abc""#),
    ("G17-version", #"net/http: HTTP/1.x transport connection broken: malformed HTTP version "HTTP/x""#),
    ("G18", #"net/http: HTTP/1.x transport connection broken: malformed MIME header initial line:  X-Broken: value"#),
    ("G19", "net/http: server response headers exceeded 10485760 bytes; aborted"),
    ("G20", #"http2: server sent GOAWAY and closed the connection; LastStreamID=1, ErrCode=NO_ERROR, debug="""#),
    ("G20-refused", "stream error: stream ID 3; REFUSED_STREAM; received from peer"),
    ("G20-stream", "stream error: stream ID 3; INTERNAL_ERROR; received from peer"),
    ("G20-field", #"stream error: stream ID 1; PROTOCOL_ERROR; invalid header field name "X-Upper""#),
    ("G20-own", "stream error: stream ID 1; PROTOCOL_ERROR"),
    ("G10-h2", "http2: timeout awaiting response headers"),
    (
      "G18-colon",
      #"net/http: HTTP/1.x transport connection broken: malformed MIME header: missing colon: "Content-Le""#
    ),
    ("G30-several", #"http: message cannot contain multiple Content-Length headers; got ["3" "4"]"#),
    ("G38", "net/http: HTTP/1.x transport connection broken: net/http: too many 1xx informational responses"),
    ("G16-refused", "remote error: tls: access denied"),
    ("G16-strength", "remote error: tls: insufficient security level"),
    ("G16-fallback", "remote error: tls: inappropriate fallback"),
    ("G29-local", "local error: tls: unexpected message"),
    ("G20-graceful", "http2: Transport received Server's graceful shutdown GOAWAY"), ("G21", "unexpected EOF"),
    ("G22", "context canceled"), ("G23", "client disconnected"), ("G24", "http: request body too large"),
    ("G25", "dial unix /run/shop.sock: connect: no such file or directory"),
    ("G25-permission", "dial unix /run/shop.sock: connect: permission denied"),
    ("G25-full", "dial unix /run/shop.sock: connect: resource temporarily unavailable"),
    ("G26", "dial tcp 10.0.0.1:80: connect: connection reset by peer"),
    ("G27", "tls: server selected unsupported protocol version 301"), ("G28", "x509: invalid signature"),
    ("G29", "tls: unexpected message"), ("G30", #"http: bad Content-Length "x""#),
    ("G30-length", #"http: invalid Content-Length of "-1""#), ("G30-coding", #"unsupported transfer encoding: "x""#),
    ("G30-codings", #"too many transfer encodings: ["chunked" "chunked"]"#), ("G31", "malformed chunked encoding"),
    ("G31-length", "invalid byte in chunk length"), ("G31-large", "http chunk length too large"),
    ("G32", #"backend tried to switch protocol "x" when "websocket" was requested"#),
    ("G32-body", "internal error: 101 switching protocols response with non-writable body"),
    ("G33", "http2: client connection lost"), ("G34", "connection error: PROTOCOL_ERROR"),
    ("G35", "http: server closed idle connection"),
    ("G36", "read tcp 10.0.0.9:40112->10.0.0.1:80: i/o timeout"),
    ("G36-write", "write tcp 10.0.0.9:40112->10.0.0.1:80: i/o timeout"), ("G37", "context deadline exceeded"),
    ("G37-client", "net/http: request canceled (Client.Timeout exceeded while awaiting headers)"),
  ]

  private func escaped(_ text: String) -> String {
    text.split(separator: #"\"#, omittingEmptySubsequences: false).joined(separator: #"\\"#)
      .split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"")
  }

  @Test("are found in Caddy's error log", arguments: errors)
  func caddy(signature: String, text: String) throws {
    let line = """
      {"level":"error","ts":1795723200.5,"logger":"http.log.error.log0","msg":"\(escaped(text))","request":\
      {"remote_ip":"198.51.100.7","remote_port":"52134","proto":"HTTP/1.1","method":"GET","host":"shop.example.com",\
      "uri":"/v1/items?id=7","headers":{"Accept":["*/*"]}},"duration":0.2,"status":502,"err_id":"kfjb9iadv",\
      "err_trace":"reverseproxy.statusError (reverseproxy.go:1272)"}
      """
    let entry = try #require(LogFormatTable.standard.entry(ofLine: line))
    #expect(entry.product == .caddy)
    #expect(entry.kind == .failure)
    #expect(entry.conclusion?.signature == signature)
    #expect(entry.status == 502)
    #expect(entry.path == "/v1/items?id=7")
    #expect(entry.time == 1_795_723_200_500)
  }

  @Test("are found in Traefik's log", arguments: errors)
  func traefik(signature: String, text: String) throws {
    let forms = [
      #"time="2026-11-26T20:00:00Z" level=debug msg="'502 Bad Gateway' caused by: \#(escaped(text))""#,
      """
      2026-11-26T20:00:00Z DBG github.com/traefik/traefik/v3/pkg/proxy/httputil/proxy.go:117 > 502 Bad Gateway \
      error="\(escaped(text))"
      """,
      """
      {"level":"debug","error":"\(escaped(text))","time":"2026-11-26T20:00:00Z",\
      "caller":"github.com/traefik/traefik/v3/pkg/proxy/httputil/proxy.go:117","message":"502 Bad Gateway"}
      """,
    ]
    for line in forms {
      let entry = try #require(LogFormatTable.standard.entry(ofLine: line), "\(line)")
      #expect(entry.product == .traefik)
      #expect(entry.kind == .failure)
      #expect(entry.conclusion?.signature == signature, "\(line)")
      #expect(entry.time == 1_795_723_200_000)
    }
  }

  @Test("every row has its error above, and an identifier of its own")
  func complete() {
    let rows = GoSignatures.rows(for: .caddy).map(\.id)
    #expect(Set(rows).count == rows.count)
    #expect(Set(rows) == Set(Self.errors.map(\.0)))
  }
}
