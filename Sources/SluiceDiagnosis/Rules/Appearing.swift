internal import SluiceCore
internal import SluiceIncidents
internal import SluiceWire

/// Bytes that are not HTTP: another protocol on the port, another program, or an application that writes no head.
enum Appearing {
  static func tlsPort(_ facts: Facts) -> Judgement {
    let seen = appearance(facts).map { [$0.sentence] } ?? []
    return Judgement(
      "The port of \(facts.here) wants TLS, and the gateway spoke plain HTTP to it",
      next: "Write https:// instead of http:// for this endpoint, or name its plain port.",
      .observed(
        .plaintextToTlsPort, seen.isEmpty ? .likely : .certain, seen + [facts.firstBytesSentence, facts.lastAnswer]),
      or: [.root(.wrongScheme, .likely, [facts.lastAnswer])])
  }

  static func notHTTP(_ facts: Facts) -> Judgement {
    guard let appearance = appearance(facts) else { return undecided(facts, nil) }
    return switch appearance {
    case .tlsAlert, .tlsRecord, .plainHTTPToTLSPort: tls(facts, appearance)
    case .http2Preface, .http2Frames: http2(facts, appearance)
    case .ssh: foreign(facts, appearance, "an SSH server")
    case .smtp: foreign(facts, appearance, "a mail server (SMTP)")
    case .ftp: foreign(facts, appearance, "an FTP server")
    case .imapPop: foreign(facts, appearance, "a mailbox server (IMAP or POP3)")
    case .redis: foreign(facts, appearance, "a Redis server")
    case .mysql: foreign(facts, appearance, "a MySQL or MariaDB server")
    case .postgres: foreign(facts, appearance, "a PostgreSQL server")
    case .mongodb: foreign(facts, appearance, "a MongoDB server")
    case .fastcgi: foreign(facts, appearance, "a FastCGI program")
    case .stackTrace: headless(facts, appearance, "its own error message")
    case .htmlWithoutHead: headless(facts, appearance, "an HTML page")
    case .jsonWithoutHead: headless(facts, appearance, "JSON")
    case .http, .text, .binary, .empty: undecided(facts, appearance)
    }
  }

  private static func appearance(_ facts: Facts) -> Appearance? {
    guard let name = facts.evidence?.firstBytes?.looksLike else { return nil }
    return Appearance.allCases.first { $0.identifier == name }
  }

  private static func evidence(_ facts: Facts, _ appearance: Appearance?) -> [String?] {
    [appearance?.sentence, facts.firstBytesSentence, facts.lastAnswer, facts.transferred]
  }

  private static func tls(_ facts: Facts, _ appearance: Appearance) -> Judgement {
    Judgement(
      "The port of \(facts.here) speaks TLS, and the gateway was told to speak plain HTTP",
      next: "Write https:// instead of http:// for this endpoint, or name its plain port.",
      .observed(.notHttp, .configuration, .likely, evidence(facts, appearance)),
      or: [.observed(.plaintextToTlsPort, .likely, [appearance.sentence]), .root(.wrongScheme, .likely)])
  }

  private static func http2(_ facts: Facts, _ appearance: Appearance) -> Judgement {
    Judgement(
      "The port of \(facts.here) speaks HTTP/2 without being asked, and the gateway spoke HTTP/1.1",
      next: "Set `protocol: http2` for the upstream, or name a port that speaks HTTP/1.1.",
      .observed(.notHttp, .configuration, .likely, evidence(facts, appearance)), or: [.root(.wrongScheme, .likely)])
  }

  /// Bytes of another protocol say which program answers. An endpoint that answered properly just before has the right
  /// port, so something else is behind it too.
  private static func foreign(_ facts: Facts, _ appearance: Appearance, _ program: String) -> Judgement {
    let worked = facts.isOtherwiseFine == true
    return Judgement(
      "What answers at \(facts.here) is \(program), not a web application: it sent \(facts.firstBytes ?? "its greeting")",
      next: worked
        ? "See which programs share this address: it answered in HTTP shortly before."
        : "Correct the port of this endpoint in the configuration.",
      .observed(.notHttp, .configuration, worked ? .possible : .likely, evidence(facts, appearance)),
      or: [
        .root(.wrongPort, worked ? .possible : .likely, [appearance.sentence]),
        worked ? .observed(.notHttp, .application, .possible, ["The same address answered in HTTP before."]) : nil,
      ])
  }

  private static func headless(_ facts: Facts, _ appearance: Appearance, _ what: String) -> Judgement {
    Judgement(
      "The application at \(facts.here) sent \(what) without a response head: \(facts.firstBytes ?? "no status line")",
      next: "Look at the handler of \(facts.request): it writes to the connection itself, or crashed into it.",
      .observed(.notHttp, .application, .likely, evidence(facts, appearance)),
      or: [
        .root(.responseBug, .likely, [facts.lastAnswer]),
        facts.isOtherwiseFine == true ? nil : .root(.wrongPort, .possible),
      ])
  }

  private static func undecided(_ facts: Facts, _ appearance: Appearance?) -> Judgement {
    let worked = facts.isOtherwiseFine == true
    let bytes = facts.firstBytes.map { ": \($0)" } ?? ""
    let bug = Explanation.root(.responseBug, .possible, [worked ? "It answered in HTTP shortly before." : nil])
    let port = Explanation.root(.wrongPort, .possible, [facts.lastAnswer])
    return Judgement(
      "What \(facts.here) sent is not HTTP\(bytes)",
      next: worked
        ? "Look at the handler of \(facts.request): the endpoint answered in HTTP shortly before."
        : "See which program listens on that port; if it is the application, look at the handler.",
      worked
        ? .observed(.notHttp, .application, .possible, evidence(facts, appearance))
        : .undecided(.notHttp, evidence(facts, appearance)),
      or: worked ? [bug, port] : [port, bug])
  }
}
