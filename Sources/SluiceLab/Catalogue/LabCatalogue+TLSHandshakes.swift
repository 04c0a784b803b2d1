internal import SluiceCore

/// Rows 17 to 24: what goes wrong before a request could be sent over TLS. Each has a port of its own.
extension LabCatalogue {
  static let tlsHandshakes: [Scenario] = [
    tls("tls-12", "Speaks TLS 1.2 and nothing newer.", .passes(), LabTLS(versions: .only12)),
    tls("tls-13", "Speaks TLS 1.3 and nothing older.", .passes(), LabTLS(versions: .only13)),
    tls("tls-wildcard", "Shows a certificate for *.lab.test.", .passes(), LabTLS(identity: .wildcard)),
    tls(
      "tls-client-certificate", "Wants a client certificate, and gets one.", .passes(),
      LabTLS(wantsCertificate: true), over: .tlsCertificate),
    tls(
      "tls-client-certificate-12", "Wants a client certificate in TLS 1.2, and gets one.", .passes(),
      LabTLS(versions: .only12, wantsCertificate: true), over: .tlsCertificate),
    tls(
      "tls-expired", "Shows a certificate that has expired.", row: 19,
      certificate(.tlsCertExpired, .application), LabTLS(identity: .expired)),
    tls(
      "tls-expired-intermediate", "Shows a good certificate below an intermediate that has expired.", row: 19,
      certificate(.tlsCertExpired, .application, or: [.tlsCertUntrusted]), LabTLS(identity: .expiredIntermediate)),
    tls(
      "tls-not-yet-valid", "Shows a certificate that is not valid yet.", row: 19,
      certificate(.tlsCertNotYetValid, .application), LabTLS(identity: .notYetValid)),
    tls(
      "tls-unknown-issuer", "Shows a certificate and the whole chain of an authority that nobody trusts.", row: 20,
      certificate(.tlsCertUntrusted, .configuration), LabTLS(identity: .unknownIssuer)),
    tls(
      "tls-self-signed", "Shows a certificate that it signed itself.", row: 20,
      certificate(.tlsCertSelfSigned, .configuration), LabTLS(identity: .selfSigned)),
    tls(
      "tls-incomplete-chain", "Shows its certificate without the intermediate that leads to the root.", row: 20,
      certificate(.tlsCertIncompleteChain, .application).looksLike(.tlsCertUntrusted),
      LabTLS(identity: .incompleteChain)),
    tls(
      "tls-wrong-name", "Shows a certificate for other names.", row: 21,
      certificate(.tlsNameMismatch, .configuration), LabTLS(identity: .wrongName)),
    tls(
      "tls-client-certificate-wanted", "Wants a client certificate that the gateway does not have, in TLS 1.3.",
      row: 18, wanted, LabTLS(versions: .only13, wantsCertificate: true)),
    tls(
      "tls-client-certificate-wanted-12", "Wants a client certificate that the gateway does not have, in TLS 1.2.",
      row: 18, wanted, LabTLS(versions: .only12, wantsCertificate: true)),
    tls(
      "tls-old-version", "Speaks TLS 1.0 and 1.1 and nothing newer.", row: 17,
      handshake(.tlsVersionMismatch, .configuration, or: [.tlsAlert]), LabTLS(versions: .old)),
    tls(
      "tls-no-cipher", "Has a single cipher suite, which wants another kind of key than it has.", row: 17,
      handshake(.tlsCipherMismatch, .configuration, or: [.tlsAlert]), LabTLS(isWithoutCipher: true)),
    wire(
      "tls-garbage", "Answers the ClientHello with a ServerHello that is none.", row: 17,
      handshake(.tlsHandshakeFailed, .application), [.send([0x16, 3, 3, 0, 4, 2, 0, 0, 0]), .hang]),
    wire(
      "tls-closed", "Reads the ClientHello and sends FIN.", row: 17,
      handshake(.tlsClosedInHandshake, .application), [.close]),
    wire(
      "tls-closed-in-hello", "Sends the beginning of a ServerHello and FIN.", row: 17,
      handshake(.tlsClosedInHandshake, .application), [.send([0x16, 3, 3, 0, 0x7A, 2, 0, 0, 0x76, 3, 3]), .close]),
    wire(
      "tls-close-notify", "Answers the ClientHello with the alert close_notify and FIN.", row: 17,
      handshake(.tlsClosedInHandshake, .application, or: [.tlsHandshakeFailed, .tlsAlert]),
      [.send([0x15, 3, 3, 0, 2, 1, 0]), .close]),
    wire(
      "tls-reset", "Reads the ClientHello and sends a reset.", row: 17,
      handshake(.tlsClosedInHandshake, .application, or: [.tlsHandshakeFailed]).looksLike(.connectReset), [.reset]),
    wire(
      "tls-stalled", "Reads the ClientHello and says nothing.", row: 24,
      .fails(.tlsHandshakeTimeout, 504, .connectionTimeout, .application, timing: .handshakeTimeout), [.hang]),
    wire(
      "tls-to-http", "A web server without TLS: it answers 400 in plain HTTP.", row: 22, plain,
      [.send(Reply.bytes(Reply.head(400, "Content-Length: 0", "Connection: close"))), .close]),
    atPort(
      "tls-to-ssh", "An SSH server, which greets before it is asked.", row: 22, plain, over: .tlsHTTP1,
      .greets([.send(Reply.bytes("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")), .hang])),
    atPort(
      "http-to-tls", "A TLS server that is spoken to in plain HTTP.", row: 23,
      // It ends the connection without an alert: nothing that comes tells what it is.
      .fails(
        .plaintextToTlsPort, 502, .httpProtocolError, .configuration,
        or: [.closedBeforeResponse, .resetBeforeResponse, .writeFailed]
      ).looksLike(.closedBeforeResponse, .resetBeforeResponse, .writeFailed),
      .secure(LabTLS(), .answers { Reply.text("over TLS\n", for: $0) })),
  ]

  private static let plain = Expectation.fails(.tlsToPlaintextPort, 502, .tlsProtocolError, .configuration)
    .looksLike(.tlsHandshakeFailed)

  /// The alert comes without a word on what it is about: before TLS 1.3 it is the one for everything.
  private static let wanted = Expectation.fails(
    .tlsClientCertificateWanted, 502, .tlsAlertReceived, .configuration, or: [.tlsAlert])

  private static func certificate(_ cause: Cause, _ owner: Owner, or others: [Cause] = []) -> Expectation {
    .fails(cause, 502, .tlsCertificateError, owner, or: others)
  }

  private static func handshake(_ cause: Cause, _ owner: Owner, or others: [Cause] = []) -> Expectation {
    .fails(cause, 502, .tlsProtocolError, owner, or: others)
  }

  private static func tls(
    _ name: String, _ summary: String, row: Int? = nil, _ expected: Expectation, _ tls: LabTLS,
    over transport: LabTransport = .tlsHTTP1
  ) -> Scenario {
    atPort(
      name, summary, row: row, expected, over: transport,
      .secure(tls, .answers { Reply.text("over TLS\n", for: $0) }))
  }

  /// What is sent on the bare connection once the ClientHello has begun to arrive.
  private static func wire(
    _ name: String, _ summary: String, row: Int, _ expected: Expectation, _ steps: [Step]
  ) -> Scenario {
    atPort(name, summary, row: row, expected, over: .tlsHTTP1, .greets([.awaitInput] + steps))
  }
}
