import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("Signatures of Apache httpd")
struct HTTPDSignaturesTests {
  @Test("each tells its cause", arguments: connecting + responses + beside)
  func tells(example: SignatureExample) { example.check(.httpd) }

  @Test("each row has a line")
  func complete() {
    let shown = Set((Self.connecting + Self.responses + Self.beside).map(\.id))
    for row in Signature.httpd where !shown.contains(row.id) { Issue.record("no line shows \(row.id)") }
    #expect(Set(Signature.httpd.map(\.id)).count == Signature.httpd.count)
  }

  @Test("an event is told by its own row")
  func events() {
    for example in Self.connecting + Self.beside where example.event != nil {
      var fields = FieldSet()
      let bytes = Array(example.line.utf8)
      #expect(HTTPDErrorReader.read(bytes.span.bytes, &fields))
      #expect(Signature.httpd.first(matching: FieldValues(fields, of: bytes.span.bytes))?.id == example.id)
    }
  }

  /// As 2.4 writes it.
  static func line(_ message: String, _ error: String? = nil, module: String = "proxy_http:error", client: Bool = true)
    -> String
  {
    "[Thu Nov 26 20:53:11.159252 2026] [\(module)] [pid 24168:tid 24230] " + (error.map { "\($0): " } ?? "")
      + (client ? "[client 192.0.2.7:55850] " : "") + message + (client ? ", referer: https://shop.example/" : "")
  }

  static let at = "127.0.0.1:3000"
  private static let attempt = "AH00957: http: attempt to connect to 127.0.0.1:3000 (127.0.0.1:3000) failed"
  private static func connect(_ error: String) -> String { line(attempt, error, module: "proxy:error", client: false) }
  private static func remote(_ message: String) -> String {
    line("[remote 127.0.0.1:3000] \(message)", module: "ssl:info", client: false)
  }
  static let unnamed: [Cause] = [
    .tlsCertUntrusted, .tlsCertExpired, .tlsToPlaintextPort, .tlsNameMismatch, .tlsCertSelfSigned,
    .tlsCertIncompleteChain, .tlsCertNotYetValid, .tlsClosedInHandshake, .tlsAlert, .tlsClientCertificateWanted,
    .tlsVersionMismatch, .tlsCipherMismatch,
  ]
  private static let handshakes = unnamed + [.tlsHandshakeTimeout]

  /// As 2.2 writes it.
  private static let old =
    "[Thu Nov 26 20:53:11 2026] [error] (111)Connection refused: proxy: HTTP: attempt to connect to 127.0.0.1:3000 "
    + "(localhost) failed"

  static let connecting: [SignatureExample] = [
    .init("A01", connect("(111)Connection refused"), .connectRefused, at: at),
    .init(
      "A01",
      old, .connectRefused, at: at),
    .init("A02", connect("(110)Connection timed out"), .connectTimeout, at: at),
    .init("A02", connect("(70007)The timeout specified has expired"), .connectTimeout, at: at),
    .init("A03", connect("(113)No route to host"), .hostUnreachable, at: at),
    .init("A03b", connect("(101)Network is unreachable"), .netUnreachable, at: at),
    .init("A26", connect("(104)Connection reset by peer"), .connectReset, at: at),
    .init("A27", connect("(99)Cannot assign requested address"), .localPortsExhausted, at: at),
    .init("A28", connect("(24)Too many open files"), .localFdsOrMemory, at: at),
    .init("A29", unix("(11)Resource temporarily unavailable"), .backlogFull, at: socket),
    .init("A30", unix("(13)Permission denied"), .unixSocketPermission, at: socket),
    .init("A31", connect("(13)Permission denied"), .ipProhibited, .likely, at: at),
    .init("A32", unix("(2)No such file or directory"), .unixSocketMissing, at: socket),
    .init(
      "A33", connect("(71)Protocol error"), .connectRefused,
      or: [.connectTimeout, .hostUnreachable, .localFdsOrMemory],
      .possible, at: at),
    .init(
      "A04", line("AH01114: HTTP: failed to make connection to backend: 127.0.0.1"), .connectRefused,
      or: [
        .connectTimeout, .hostUnreachable, .netUnreachable, .unixSocketMissing, .unixSocketPermission, .backlogFull,
        .allUnhealthy,
      ], .possible),
    .event(
      "A05", line("AH00959: ap_proxy_connect_backend disabling worker for (127.0.0.1:3000) for 60s", client: false),
      .endpointDown, at: at),
    .init("A06", line("AH00940: HTTP: disabled connection for (127.0.0.1:3000)"), .allUnhealthy, at: at),
    .init(
      "A07", line("AH01167: balancer://app: All workers are in error state for route"), .allUnhealthy, in: "app"),
    .init(
      "A08", line("AH00934: balancer://app: all workers are busy.  Unable to serve"), .poolQueueFull, in: "app"),
    .init("A23", lookup("(EAI 2)Name or service not known"), .dnsNxdomain, in: "app.internal"),
    .init("A23", lookup("(670002)Name or service not known"), .dnsNxdomain, in: "app.internal"),
    .init("A23b", lookup("(EAI 5)No address associated with hostname"), .dnsNoAddress, in: "app.internal"),
    .init(
      "A23c", lookup("(EAI 3)Temporary failure in name resolution"), .dnsServfail, or: [.dnsTimeout], .likely,
      in: "app.internal"),
    .init("A23d", lookup(nil), .dnsNxdomain, or: [.dnsServfail, .dnsTimeout], .likely, in: "app.internal"),
    .init(
      "A24", line("AH01144: No protocol handler was valid for the URL /proto (scheme 'foo'). If you are using a DSO"),
      .routeNotFound, .likely, who: .configuration),
    .init(
      "A19", line("AH00898: Error during SSL Handshake with remote server returned by /a"), .tlsHandshakeFailed,
      or: handshakes, .likely),
    .init("A20", remote("AH02003: SSL Proxy connect failed"), .tlsHandshakeFailed, or: handshakes, .likely, at: at),
    .init("A21", remote("AH02004: SSL Proxy: Peer certificate is expired"), .tlsCertExpired, at: at),
    .init(
      "A22", remote("AH02411: SSL Proxy: Peer certificate does not match for hostname app.internal"), .tlsNameMismatch,
      at: at),
    .init("A34", verify("(10): certificate has expired"), .tlsCertExpired, at: at),
    .init("A34b", verify("(9): certificate is not yet valid"), .tlsCertNotYetValid, at: at),
    .init("A34c", verify("(18): self-signed certificate"), .tlsCertSelfSigned, at: at),
    .init(
      "A34d", verify("(19): self-signed certificate in certificate chain"), .tlsCertUntrusted, or: [.tlsCertSelfSigned],
      .likely, at: at),
    .init(
      "A34e", verify("(20): unable to get local issuer certificate"), .tlsCertUntrusted, or: [.tlsCertIncompleteChain],
      .likely, at: at),
    .init(
      "A34f", verify("(7): signature failure"), .tlsCertUntrusted, or: [.tlsCertExpired], .possible, at: at),
  ]

  private static let socket = "unix:/run/app.sock"

  private static func unix(_ error: String) -> String {
    line(
      "AH02454: HTTP: attempt to connect to Unix domain socket /run/app.sock (127.0.0.1) failed", error,
      module: "proxy:error", client: false)
  }

  private static func lookup(_ error: String?) -> String {
    line("AH00898: DNS lookup failure for: app.internal returned by /a", error, module: "proxy:error")
  }

  private static func verify(_ error: String) -> String {
    remote("AH02039: Certificate Verification: Error \(error)")
  }
}
