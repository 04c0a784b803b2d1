import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import SluiceLab

/// The scenarios over TLS and HTTP/2, judged by other people's implementations: curl with OpenSSL and nghttp2. A lab
/// that were read by nothing but our own codec could be wrong in the same way.
struct ForeignClientTests {
  /// What curl made of a scenario.
  struct Seen: Sendable {
    var exit: Int32
    var status: Int
    var version: String
    var bytes: Int
    var words: String
  }

  /// Exit codes of curl (its manual page).
  private enum Exit {
    static let fine: Int32 = 0
    static let frames: Int32 = 16
    static let partial: Int32 = 18
    static let time: Int32 = 28
    static let handshake: Int32 = 35
    static let nothing: Int32 = 52
    static let send: Int32 = 55
    static let receive: Int32 = 56
    static let certificate: Int32 = 60
    static let stream: Int32 = 92
    static let clientCertificate: Int32 = 98
  }

  @Test(.timeLimit(.minutes(1)))
  func eachScenarioIsWhatItSaysToAnotherClient() async throws {
    guard Self.hasCurl else { return }
    let scenarios = LabCatalogue.scenarios.filter { $0.transport != .http1 && !$0.name.contains("-once") }
    #expect(scenarios.count > 150)
    try await withLab { lab in
      try await inParallel(scenarios, width: 8) { scenario in
        let seen = try await Self.ask(scenario, lab)
        Self.check(scenario, seen)
      }
    }
  }

  /// What was not processed the first time is answered the second time, for each exchange anew.
  @Test(arguments: ["h2-goaway-once", "h2-refused-once-post", "h2c-goaway-once"])
  func failsTheFirstTimeOnly(_ name: String) async throws {
    guard Self.hasCurl else { return }
    try await withLab { lab in
      let scenario = try scenario(name)
      for exchange in ["a", "b"] {
        let (first, second) = (
          try await Self.ask(scenario, lab, exchange: exchange), try await Self.ask(scenario, lab, exchange: exchange)
        )
        // curl sends a refused stream again by itself.
        if !name.contains("refused") { #expect(first.exit == Exit.frames, "\(first.words)") }
        #expect(second.exit == Exit.fine && second.status == 200, "\(second.words)")
      }
    }
  }

  @Test func aPlainRequestToATLSPortGetsNoResponse() async throws {
    guard Self.hasCurl else { return }
    try await withLab { lab in
      let seen = try await Self.ask(scenario("http-to-tls"), lab)
      #expect(seen.exit != Exit.fine && seen.exit != Exit.time && seen.status == 0, "\(seen)")
    }
  }

  // MARK: asking

  private static let hasCurl = FileManager.default.isExecutableFile(atPath: "/usr/bin/curl")

  static func ask(_ scenario: Scenario, _ lab: LabServer, exchange: String? = nil) async throws -> Seen {
    let port = try #require(lab.port(of: scenario))
    let transport = scenario.transport
    let name = LabCertificates.name
    let isStalled = [.handshakeTimeout, .responseHeadTimeout, .bodyIdleTimeout, .writeTimeout]
      .contains(scenario.expected.timing)
    var arguments = [
      "-sS", "-o", "/dev/null", "-w", "%{http_code} %{http_version} %{size_download}\n", "--max-time",
      isStalled ? "2" : "20", "--connect-to", "::127.0.0.1:\(port)", "-X", scenario.request.method,
      "-H", "\(LabRequest.exchangeField): \(exchange ?? scenario.name)",
    ]
    switch transport {
    case .http1, .tlsHTTP1, .tlsCertificate: arguments.append("--http1.1")
    case .tlsHTTP2, .tlsAny: arguments.append("--http2")
    case .http2: arguments.append("--http2-prior-knowledge")
    }
    if transport.isTLS { arguments += ["--cacert", lab.trust.root] }
    if transport == .tlsCertificate { arguments += ["--cert", lab.trust.certificate, "--key", lab.trust.key] }
    if scenario.request.method == "HEAD" { arguments.append("-I") }
    if scenario.request.bodyBytes > 0 { arguments += ["--data-binary", "@-"] }
    for field in scenario.request.headers { arguments += ["-H", "\(field.name): \(field.value)"] }
    arguments.append("\(transport.scheme)://\(name):\(port)\(scenario.target)")
    let body = scenario.request.bodyBytes
    return try await blocking { [arguments] in try run(arguments, bodyBytes: body) }
  }

  private static func run(_ arguments: [String], bodyBytes: Int) throws -> Seen {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
    process.arguments = arguments
    let (input, output) = (FileManager.default.temporaryDirectory, Pipe())
    let file = input.appendingPathComponent("body-\(UInt64.random(in: 0 ... .max))")
    try Data(repeating: 0x62, count: bodyBytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    process.standardInput = try FileHandle(forReadingFrom: file)
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let numbers = said.split(separator: "\n").last { $0.split(separator: " ").count == 3 && $0.first?.isNumber == true }
    let parts = (numbers ?? "").split(separator: " ")
    return Seen(
      exit: process.terminationStatus, status: parts.first.flatMap { Int($0) } ?? -1,
      version: parts.count > 1 ? String(parts[1]) : "", bytes: parts.last.flatMap { Int($0) } ?? -1, words: said)
  }

  // MARK: judging

  private static func check(_ scenario: Scenario, _ seen: Seen) {
    let expected = scenario.expected
    let name = scenario.name
    guard let cause = expected.cause, cause != .upstreamStatus, scenario.request.requests == 1 else {
      // One request alone is answered where it takes a second one to fail.
      let status = scenario.request.requests > 1 ? 200 : Int(expected.status ?? 0)
      #expect(seen.exit == Exit.fine && seen.status == status, "\(name): \(seen)")
      let isHTTP2 = scenario.transport.needsHTTP2 || name == "h2-agreed"
      #expect(seen.version == (isHTTP2 ? "2" : "1.1"), "\(name): \(seen)")
      return
    }
    if let word = alertWord(name) { #expect(seen.words.contains(word), "\(name): \(seen)") }
    switch name {
    // What curl does not mind, or cannot see.
    case "tls-truncated-close-delimited": #expect(seen.bytes == 5, "\(seen)")
    case "h2-value-space": #expect(seen.status == 200, "\(seen)")
    case "h2-no-alpn": #expect(seen.status == 400 && seen.version == "1.1", "\(seen)")
    // curl asks again with HTTP/1.1, as the reset wants it, and says by chance how that, or the first, ended.
    case "h2-reset-http-1-1":
      #expect(seen.exit != Exit.fine && seen.exit != Exit.time && seen.status == 0, "\(seen)")
    default: #expect(exits(cause).contains(seen.exit), "\(name): \(seen)")
    }
    if expected.status == nil { #expect(seen.status == 200, "\(name): \(seen)") }
  }

  /// How OpenSSL calls some of the alerts.
  private static func alertWord(_ name: String) -> String? {
    switch name {
    case "tls-alert-40": "alert handshake failure"
    case "tls-alert-48": "alert unknown ca"
    case "tls-alert-70": "alert protocol version"
    case "tls-alert-71": "alert insufficient security"
    case "tls-alert-80": "alert internal error"
    case "tls-alert-112": "unrecognized name"
    case "tls-alert-116": "certificate required"
    case "tls-alert-120": "alert no application protocol"
    case "tls-expired", "tls-expired-intermediate": "certificate has expired"
    case "tls-not-yet-valid": "certificate is not yet valid"
    case "tls-self-signed": "self-signed certificate"
    case "tls-incomplete-chain": "unable to get local issuer certificate"
    case "tls-wrong-name": "no alternative certificate subject name matches"
    case "h2-reset-cancel": "CANCEL (err 8)"
    case "h2-reset-late": "INTERNAL_ERROR (err 2)"
    default: nil
    }
  }

  private static func exits(_ cause: Cause) -> Set<Int32> {
    switch cause {
    case .tlsCertExpired, .tlsCertNotYetValid, .tlsCertUntrusted, .tlsCertSelfSigned, .tlsCertIncompleteChain,
      .tlsNameMismatch:
      [Exit.certificate]
    case .tlsHandshakeTimeout, .responseHeaderTimeout, .bodyIdleTimeout, .writeTimeout: [Exit.time]
    case .tlsAlert, .tlsClientCertificateWanted, .tlsVersionMismatch, .tlsCipherMismatch, .tlsHandshakeFailed,
      .tlsClosedInHandshake, .tlsToPlaintextPort:
      [Exit.handshake, Exit.certificate, Exit.clientCertificate, Exit.receive]
    // All but silence: whoever does not see what is wrong waits until the time is over.
    case .h2ProtocolViolation, .invalidHeader, .badFraming, .headerSectionTooLarge, .plaintextToTlsPort:
      [Exit.frames, Exit.partial, Exit.nothing, Exit.receive, Exit.stream]
    case .h2StreamReset, .h2RefusedStream, .h2GoawayUnprocessed, .closedBeforeResponse, .resetBeforeResponse,
      .truncatedBody:
      [Exit.frames, Exit.partial, Exit.nothing, Exit.send, Exit.receive, Exit.stream]
    default: []
    }
  }
}
