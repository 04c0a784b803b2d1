import Foundation
import SluiceWire
import Testing

/// llhttp's own messages. Where llhttp in its default mode takes a message, so do we, unless a rule of the RFC makes us
/// stricter: then the rule that refuses it is one of this table. What it refuses, and what it takes only in a lenient
/// mode, is refused, unless the RFC allows it.
@Suite struct LlhttpCorpusTests {
  /// Rules by which we refuse what llhttp takes.
  static let stricter: [WireRule: String] = [
    .transferCodingUnknown:
      "RFC 9112 6.1: a coding that is not understood is answered 501; llhttp leaves it to its user",
    .chunkedNotFinal: "RFC 9112 6.3: llhttp reads such a response until the peer closes",
    .targetCharacter: "RFC 9112 3.2, RFC 3986 3: no fragment in a request target",
    .targetAuthority: "RFC 9110 4.2.4: user information in a target is an error",
    .targetForm: "RFC 9112 3.2: one of four forms; llhttp takes any schema",
    .targetConnect: "RFC 9112 3.2.3: CONNECT names host and port",
    .versionSyntax: "RFC 9112 2.3: llhttp also speaks RTSP and ICE",
    .versionMissing: "RFC 9112 3: no HTTP/0.9",
    .versionUnsupported: "RFC 9110 15.6.6: HTTP/0.9 and 2.0 are not spoken here",
    .notHTTP: "RFC 9112 4: a status line begins with HTTP/1; empty lines may only stand before requests (2.2)",
    .contentLengthWithTransferEncoding: "RFC 9112 6.1: both in one response are handled as an error",
    .contentLengthSyntax: "RFC 9110 8.6: digits",
    .bareLineFeed: "RFC 9112 2.2",
    .controlCharacter: "RFC 9110 5.5",
    .transferCodingSyntax: "RFC 9112 7.1",
  ]

  /// What llhttp refuses, or takes only when told to be lenient, and we take.
  static let wider: [(part: String, reason: String)] = [
    ("keep-alive is off", "lenient about messages behind the last one; the gateway does not read them"),
    ("CRLF between requests, explicit `close` (lenient)", "as above"),
    ("204 status (lenient)", "as above"), ("content-length (lenient)", "as above"),
    ("X-SSL-Nonsense", "RFC 9112 5.2: folding in a response"),
    ("HTTP protocol and ANNOUNCE method", "RFC 9110 9.1: any token is a method"),
    ("Header value (lenient)", ""),
  ]

  @Test(.enabled(if: Corpus.folder != nil, "\(Corpus.missing)"))
  func everyMessageAgreesOrARuleSaysWhyNot() throws {
    let cases = try Corpus.files("llhttp", extension: "md").flatMap(LlhttpCase.read)
    #expect(cases.count > 150)
    for example in cases {
      let outcome = LlhttpCorpusTests.read(example)
      let isLenient = example.type.contains("-lenient")
      if let rule = outcome.rule {
        if example.isRefused || isLenient { continue }
        #expect(LlhttpCorpusTests.stricter[rule] != nil, "\(example.name): \(rule) has no reason in the table")
      } else if example.isRefused || isLenient {
        #expect(
          LlhttpCorpusTests.wider.contains { example.name.contains($0.part) },
          "\(example.name): is taken, and the table does not say why")
      } else if !outcome.hasUpgrade, !example.skipsBody {
        #expect(outcome.contentLength == example.contentLength, "\(example.name)")
      }
    }
  }

  struct Outcome {
    var rule: WireRule?
    var contentLength = 0
    var hasUpgrade = false
  }

  /// Reads message after message, as long as the connection lives.
  static func read(_ example: LlhttpCase) -> Outcome {
    let role: MessageRole = example.type.hasPrefix("request") ? .request : .response
    var reader = MessageReader(role: role)
    if example.skipsBody { reader.requestMethod = .head }
    var outcome = Outcome()
    var rest = example.message
    while !rest.isEmpty {
      var reading = reader.read(rest)
      if reading.rule == .hostMissing || reading.rule == .hostMismatch {
        // llhttp does not look at Host, and its messages often have none (RFC 9112 3.2 wants one).
        rest = withHost(rest)
        reading = reader.read(rest)
      }
      outcome.contentLength += reading.content.count
      outcome.hasUpgrade = outcome.hasUpgrade || reading.flags.contains(.upgrade)
      outcome.rule = reading.rule
      guard reading.rule == nil, reading.isWhole, reading.end > 0, !outcome.hasUpgrade else { break }
      guard reading.flags.contains(.keepAlive) || role == .response else { break }
      rest.removeFirst(min(reading.end, rest.count))
      if rest.allSatisfy({ $0 == 0x0d || $0 == 0x0a }) { break }
    }
    return outcome
  }

  /// The request with a Host that agrees with its target in place of its own.
  private static func withHost(_ message: [UInt8]) -> [UInt8] {
    let text = String(decoding: message, as: Unicode.ASCII.self)
    let trimmed = String(text.drop { $0.isNewline })
    guard let lineEnd = trimmed.range(of: "\r\n") else { return message }
    let target = trimmed[..<lineEnd.lowerBound].components(separatedBy: " ").dropFirst().first ?? ""
    var host = "example.com"
    if let scheme = target.range(of: "://") {
      host = String(target[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" })
    } else if trimmed.hasPrefix("CONNECT") {
      host = target
    }
    let start = message.count - Array(trimmed.utf8).count
    let line = Array(trimmed[..<lineEnd.upperBound].utf8)
    return Array(message[..<start]) + line + Array("Host: \(host)\r\n".utf8) + message[(start + line.count)...]
  }
}
