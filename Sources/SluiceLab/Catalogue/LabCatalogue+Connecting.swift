internal import SluiceCore

/// Rows 8 to 16 as far as an upstream can produce them, and row 23.
///
/// Not here: rows 15 and 16 are made by the gateway's own machine; `host_unreachable` needs a route that answers so. A
/// TCP accept queue that overflows drops the SYN, so it shows as `connect_timeout` and never as `backlog_full`, which
/// only a Unix socket reports. A reset during set-up shows as one before, during or after the first write.
extension LabCatalogue {
  static let connecting: [Scenario] = [
    atPort(
      "connect-refused", "Nobody listens on this port.", row: 8,
      .fails(.connectRefused, 502, .connectionRefused, .application), .refuses),
    atPort(
      "connect-reset", "Accepts and resets the connection at once.", row: 9,
      .fails(
        .connectReset, 502, .connectionRefused, .network, or: [.resetBeforeResponse, .writeFailed]
      ).looksLike(.resetBeforeResponse, .writeFailed),
      .greets([.reset])),
    Scenario(
      name: "net-unreachable", summary: "An address to which no TCP connection can be routed: the limited broadcast.",
      row: 10, reach: .address("255.255.255.255", port: 80), request: .get,
      expected: .fails(.netUnreachable, 502, .destinationIPUnroutable, .network, or: [.hostUnreachable]),
      service: .nothing),
    atPort(
      "connect-timeout", "The accept queue is full and nobody accepts: the SYN is dropped.", row: 11,
      .fails(.connectTimeout, 504, .connectionTimeout, .network, timing: .connectTimeout).looksLike(.backlogFull),
      .overflows),
    atUnix(
      "unix-socket-missing", "The Unix socket does not exist.", row: 13,
      .fails(.unixSocketMissing, 502, .connectionRefused, .configuration), .missing),
    atUnix(
      "unix-socket-permission", "Nobody but the superuser may open the Unix socket.", row: 13,
      .fails(.unixSocketPermission, 500, .proxyConfigurationError, .configuration), .forbidden),
    atUnix(
      "unix-socket-refused", "The Unix socket is there and nobody listens on it.", row: 8,
      .fails(.connectRefused, 502, .connectionRefused, .application), .refuses),
    atUnix(
      "unix-backlog-full", "The accept queue of the Unix socket is full and nobody accepts.", row: 14,
      .fails(.backlogFull, 503, .connectionRefused, .application), .overflows),
    atUnix(
      "unix-healthy", "Answers over a Unix socket.", .passes(),
      .answers { Reply.text("over a Unix socket\n", for: $0) }),
    atPort(
      "stuck", "Listens and never accepts: the process hangs, the kernel takes the connection.", row: 31,
      .fails(
        .responseHeaderTimeout, 504, .httpResponseTimeout, .application, timing: .responseHeadTimeout),
      .stuck),
    atPort(
      "close-at-accept", "Accepts and sends FIN at once.", row: 26,
      .fails(
        .closedBeforeResponse, 502, .connectionTerminated, .application,
        or: [.connectReset, .writeFailed, .resetBeforeResponse]
      ).looksLike(.connectReset, .writeFailed, .resetBeforeResponse),
      .greets([.close])),
    atPort(
      "tls-alert-port", "A TLS server on plain HTTP: a fatal alert record, then FIN.", row: 23,
      .fails(.plaintextToTlsPort, 502, .httpProtocolError, .configuration),
      .answers { _ in [.awaitBody, .send(alert), .close] }),
    atPort(
      "https-port-400", "A web server that says in plain HTTP that it wants TLS.", row: 23,
      .fails(.plaintextToTlsPort, 502, .httpProtocolError, .configuration),
      .answers { _ in [.awaitBody, .send(Reply.bytes(wantsTLS)), .close] }),
    greeter("ssh-port", "An SSH server: greets before it is asked.", "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"),
    greeter("smtp-port", "A mail server: greets before it is asked.", "220 mail.example.test ESMTP ready\r\n"),
    atPort(
      "mysql-port", "A MySQL server: its handshake packet comes before it is asked.", row: 36, notHTTP,
      .greets([.send(mysql), .hang])),
    atPort(
      "http2-port", "An HTTP/2 server with prior knowledge: its SETTINGS come before it is asked.", row: 36, notHTTP,
      .greets([.send(settings), .hang])),
  ]

  /// Fatal (2) protocol_version (70) in a record of TLS 1.0 form (RFC 8446 section 6).
  static let alert: [UInt8] = [0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46]

  static let wantsTLS: String = {
    let body =
      "<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head>\r\n"
      + "<body><h1>400 Bad Request</h1>The plain HTTP request was sent to HTTPS port</body></html>\r\n"
    return Reply.head(
      400, "Server: nginx", "Content-Type: text/html", "Content-Length: \(body.utf8.count)", "Connection: close") + body
  }()

  private static func greeter(_ name: String, _ summary: String, _ text: String) -> Scenario {
    atPort(name, summary, row: 36, notHTTP, .greets([.send(Reply.bytes(text)), .hang]))
  }
}
