import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("Signatures of nginx")
struct NginxSignaturesTests {
  @Test("each tells its cause", arguments: errors + responses + own + access)
  func tells(example: SignatureExample) { example.check(.nginx) }

  @Test("each row has a line")
  func complete() {
    let shown = Set((Self.errors + Self.responses + Self.own + Self.access).map(\.id))
    for row in Signature.nginx where !shown.contains(row.id) { Issue.record("no line shows \(row.id)") }
    #expect(Set(Signature.nginx.map(\.id)).count == Signature.nginx.count)
  }

  @Test("an event is told by its own row")
  func events() {
    for example in Self.errors + Self.own where example.event != nil {
      var fields = FieldSet()
      let bytes = Array(example.line.utf8)
      #expect(NginxErrorReader.read(bytes.span.bytes, &fields))
      let row = Signature.nginx.first(matching: FieldValues(fields, of: bytes.span.bytes))
      #expect(row?.id == example.id)
    }
  }

  static func line(_ message: String, _ upstream: String? = "http://127.0.0.1:3000/a", level: String = "error")
    -> String
  {
    "2026/11/26 20:53:08 [\(level)] 24172#24170: *3 \(message), client: 192.0.2.7, server: shop.example, "
      + "request: \"GET /a?b=1 HTTP/1.1\"" + (upstream.map { ", upstream: \"\($0)\"" } ?? "")
      + ", host: \"shop.example\", referrer: \"https://shop.example/\""
  }

  static func event(_ message: String, level: String = "notice") -> String {
    "2026/11/26 20:53:36 [\(level)] 24162#24162: \(message)"
  }

  private static let at = "127.0.0.1:3000"
  private static let socket = "unix:/run/app.sock"
  private static let socketURL = "http://unix:/run/app.sock:/a"
  private static let https = "https://127.0.0.1:3000/a"

  private static let afterwards = line(
    "SSL_read() failed (SSL: error:0A000418:SSL routines::tlsv1 alert unknown ca:SSL alert number 48) "
      + "while reading response header from upstream", https)

  static let errors: [SignatureExample] = [
    .init(
      "N01", line("connect() failed (111: Connection refused) while connecting to upstream"), .connectRefused, at: at),
    .init(
      "N01", line("connect() failed (61: Connection refused) while connecting to upstream"), .connectRefused, at: at),
    .init(
      "N02", line("connect() failed (113: No route to host) while connecting to upstream"), .hostUnreachable, at: at),
    .init(
      "N02", line("connect() failed (113: Host is unreachable) while connecting to upstream"),
      .hostUnreachable, at: at),
    .init(
      "N02b",
      line(
        "connect() to [2001:db8::1]:80 failed (101: Network is unreachable) while connecting to upstream",
        "http://[2001:db8::1]:80/a"), .netUnreachable, at: "[2001:db8::1]:80"),
    .init(
      "N03",
      line(
        "connect() to unix:/run/app.sock failed (2: No such file or directory) while connecting to upstream",
        socketURL, level: "crit"), .unixSocketMissing, at: socket),
    .init(
      "N04",
      line(
        "connect() to unix:/run/app.sock failed (11: Resource temporarily unavailable) while connecting to upstream",
        "fastcgi://unix:/run/app.sock:"), .backlogFull, at: socket),
    .init(
      "N05",
      line("connect() to unix:/run/app.sock failed (13: Permission denied) while connecting to upstream", socketURL),
      .unixSocketPermission, at: socket),
    .init(
      "N05b",
      line("connect() to 127.0.0.1:3000 failed (13: Permission denied) while connecting to upstream", level: "crit"),
      .ipProhibited, .likely, at: at),
    .init(
      "N06",
      line(
        "connect() to 127.0.0.1:3000 failed (99: Cannot assign requested address) while connecting to upstream",
        level: "crit"),
      .localPortsExhausted, at: at),
    .init(
      "N07", line("socket() failed (24: Too many open files) while connecting to upstream", level: "alert"),
      .localFdsOrMemory, at: at),
    .init(
      "N08", line("upstream timed out (110: Connection timed out) while connecting to upstream"),
      .connectTimeout, at: at),
    .init(
      "N08", line("upstream timed out (110: Operation timed out) while connecting to upstream"), .connectTimeout, at: at
    ),
    .init(
      "N09", line("upstream timed out (110: Connection timed out) while SSL handshaking to upstream", https),
      .tlsHandshakeTimeout, at: at),
    .init(
      "N10", line("upstream timed out (110: Connection timed out) while sending request to upstream"), .writeTimeout,
      at: at),
    .init(
      "N11", line("upstream timed out (110: Connection timed out) while reading response header from upstream"),
      .responseHeaderTimeout, at: at),
    .init(
      "N12", line("upstream timed out (110: Connection timed out) while reading upstream"), .bodyIdleTimeout,
      or: [.notHttp, .responseHeaderTimeout, .badFraming, .unexpectedUpgrade], .likely, at: at),
    .init(
      "N47", line("upstream timed out (110: Connection timed out) while proxying upgraded connection"),
      .bodyIdleTimeout,
      .likely, at: at),
    .init(
      "N48", line("upstream timed out (110: Connection timed out) while flushing"), .responseHeaderTimeout,
      or: [.connectTimeout, .bodyIdleTimeout], .possible, at: at),
    .init(
      "N27", line("no live upstreams while connecting to upstream", "http://app/a"), .allUnhealthy,
      or: [.poolQueueFull],
      .likely, in: "app"),
    .event(
      "N28", line("upstream server temporarily disabled while connecting to upstream", level: "warn"),
      .endpointDown, at: at),
    .init(
      "N29", line("app.internal could not be resolved (3: Host not found)", nil), .dnsNxdomain, or: [.dnsNoAddress],
      .likely, in: "app.internal"),
    .init(
      "N29b", line("app.internal could not be resolved (5: Operation refused)", nil), .dnsRefused, in: "app.internal"),
    .init(
      "N29c", line("app.internal could not be resolved (2: Server failure)", nil), .dnsServfail, in: "app.internal"),
    .init(
      "N29d", line("app.internal could not be resolved (4: Unimplemented)", nil), .dnsServfail,
      or: [.dnsNxdomain, .dnsTimeout, .dnsNoAddress], .likely, in: "app.internal"),
    .init(
      "N30", line("app.internal could not be resolved (110: Operation timed out)", nil), .dnsTimeout, in: "app.internal"
    ),
    .init("N31", line("no resolver defined to resolve app.internal", nil), .dnsServfail, .likely, who: .configuration),
    .init("N32", line("no port in upstream \"app\"", nil), .poolEmpty, .likely, who: .configuration),
    .init(
      "N33",
      tls("0A000126:SSL routines::unexpected eof while reading"),
      .tlsHandshakeFailed, at: at),
    .init(
      "N33b",
      tls("0A00010B:SSL routines::wrong version number"),
      .tlsToPlaintextPort, at: at),
    .init(
      "N33c",
      tls("0A00045C:SSL routines::tlsv13 alert certificate required:SSL alert number 116"),
      .tlsClientCertificateWanted, or: [.tlsAlert], .likely, at: at),
    .init(
      "N33d",
      tls("0A00042E:SSL routines::tlsv1 alert protocol version:SSL alert number 70"),
      .tlsVersionMismatch, at: at),
    .init(
      "N33e",
      tls("0A000458:SSL routines::tlsv1 unrecognized name:SSL alert number 112"),
      .tlsAlert, or: [.tlsNameMismatch], .likely, at: at, who: .configuration),
    .init(
      "N33f",
      tls("0A000410:SSL routines::sslv3 alert handshake failure:SSL alert number 40"),
      .tlsAlert, or: [.tlsCipherMismatch, .tlsClientCertificateWanted, .tlsNameMismatch], .likely, at: at),
    .init(
      "N33g",
      tls("0A000438:SSL routines::tlsv1 alert internal error:SSL alert number 80"),
      .tlsAlert, at: at),
    .init(
      "N33h",
      tls("0A0000C1:SSL routines::no shared cipher"),
      .tlsCipherMismatch, .likely, at: at),
    .init(
      "N33i",
      tls("0A000086:SSL routines::certificate verify failed"),
      .tlsCertUntrusted, or: [.tlsCertExpired, .tlsNameMismatch, .tlsCertIncompleteChain], .possible, at: at),
    .init(
      "N33j",
      line("SSL_do_handshake() failed (104: Connection reset by peer) while SSL handshaking to upstream", https),
      .tlsClosedInHandshake, at: at),
    .init(
      "N34", line("peer closed connection in SSL handshake while SSL handshaking to upstream", https, level: "info"),
      .tlsClosedInHandshake, at: at),
    .init(
      "N33c",
      afterwards, .tlsClientCertificateWanted, or: [.tlsAlert],
      .likely,
      at: at),
    .init("N35", verify("10:certificate has expired"), .tlsCertExpired, at: at),
    .init("N35b", verify("9:certificate is not yet valid"), .tlsCertNotYetValid, at: at),
    .init("N35c", verify("18:self-signed certificate"), .tlsCertSelfSigned, at: at),
    .init(
      "N35d", verify("19:self-signed certificate in certificate chain"), .tlsCertUntrusted, or: [.tlsCertSelfSigned],
      .likely, at: at),
    .init(
      "N35e", verify("20:unable to get local issuer certificate"), .tlsCertUntrusted, or: [.tlsCertIncompleteChain],
      .likely, at: at),
    .init(
      "N35f", verify("21:unable to verify the first certificate"), .tlsCertUntrusted, or: [.tlsCertIncompleteChain],
      .likely, at: at),
    .init("N35g", verify("62:hostname mismatch"), .tlsNameMismatch, at: at),
    .init(
      "N35h", verify("26:unsuitable certificate purpose"), .tlsCertUntrusted,
      or: [.tlsCertExpired, .tlsNameMismatch, .tlsCertIncompleteChain], .possible, at: at),
    .init(
      "N36", line("upstream SSL certificate does not match \"app.internal\" while SSL handshaking to upstream", https),
      .tlsNameMismatch, at: at),
    .init(
      "N45", line("connect() failed (104: Connection reset by peer) while connecting to upstream"), .connectReset,
      or: [.resetBeforeResponse], .likely, at: at),
    .init(
      "N46", line("connect() failed (110: Connection timed out) while connecting to upstream"),
      .connectTimeout, at: at),
  ]

  private static func tls(_ error: String) -> String {
    line("SSL_do_handshake() failed (SSL: error:\(error)) while SSL handshaking to upstream", https)
  }

  private static func verify(_ error: String) -> String {
    line("upstream SSL certificate verify error: (\(error)) while SSL handshaking to upstream", https)
  }
}
