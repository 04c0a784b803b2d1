import Foundation
import SluiceWire
import TestSupport
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
    .targetAsterisk: "RFC 9112 3.2.4: * belongs to OPTIONS; llhttp also speaks SSDP",
    .versionSyntax: "RFC 9112 2.3: llhttp also speaks RTSP and ICE",
    .versionMissing: "RFC 9112 3: no HTTP/0.9",
    .notHTTP: "RFC 9112 4: a status line begins with HTTP/1; empty lines may only stand before requests (2.2)",
  ]

  /// What llhttp refuses, or takes only when told to be lenient, and we take.
  static let wider: [(part: String, reason: String)] = [
    ("keep-alive is off", "lenient about messages behind the last one; the gateway does not read them"),
    ("CRLF between requests, explicit `close` (lenient)", "as above"),
    ("204 status (lenient)", "as above"),
    ("HTTP protocol and ANNOUNCE method", "RFC 9110 9.1: any token is a method"),
    ("Invalid method", "as above"),
  ]

  @Test(.enabled(if: Corpus.folder != nil, "\(Corpus.missing)"))
  func everyMessageAgreesOrARuleSaysWhyNot() throws {
    let cases = try Corpus.files("llhttp", extension: "md").flatMap(LlhttpCase.read)
    #expect(cases.count > 150)
    var unusedRules = Set(LlhttpCorpusTests.stricter.keys)
    var unusedParts = Set(LlhttpCorpusTests.wider.map(\.part))
    for example in cases {
      let outcome = LlhttpCorpusTests.read(example)
      let isLenient = example.type.contains("-lenient")
      if let rule = outcome.rule {
        if example.isRefused || isLenient { continue }
        unusedRules.remove(rule)
        #expect(LlhttpCorpusTests.stricter[rule] != nil, "\(example.name): \(rule) has no reason in the table")
      } else if outcome.isTaken, example.isRefused || isLenient {
        let part = LlhttpCorpusTests.wider.first { example.name.contains($0.part) }?.part
        if let part { unusedParts.remove(part) }
        #expect(part != nil, "\(example.name): is taken, and the table does not say why")
      } else if !isLenient, !example.isRefused, !outcome.hasUpgrade, !example.skipsBody {
        #expect(outcome.contentLength == example.contentLength, "\(example.name)")
      }
    }
    #expect(unusedRules == [], "the table says no more than is so")
    #expect(unusedParts == [], "the table says no more than is so")
  }

  struct Outcome {
    var rule: WireRule?
    var contentLength = 0
    /// The rest is not HTTP: an upgrade, or a CONNECT, whose content llhttp hands out as the tunnel's first bytes.
    var hasUpgrade = false
    var isTaken = false
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
      if reading.head == .incomplete, example.isRefused {
        // llhttp refuses some heads before their end, which these messages do not have.
        rest += Array("\r\n\r\n".utf8)
        reading = reader.read(rest)
      }
      outcome.isTaken = outcome.isTaken || reading.head != .incomplete
      outcome.contentLength += reading.content.count
      let isTunnel = reading.flags.contains(.upgrade) || rest.starts(with: Array("CONNECT".utf8))
      outcome.hasUpgrade = outcome.hasUpgrade || isTunnel
      outcome.rule = reading.rule
      guard reading.rule == nil, reading.isWhole, reading.end > 0, !outcome.hasUpgrade else { break }
      guard reading.flags.contains(.keepAlive) || role == .response else { break }
      rest.removeFirst(min(reading.end, rest.count))
      if rest.allSatisfy({ $0 == 0x0d || $0 == 0x0a }) { break }
    }
    return outcome
  }

  /// The request with a Host before its other fields that agrees with its target.
  private static func withHost(_ message: [UInt8]) -> [UInt8] {
    let start = message.firstIndex { $0 != 0x0d && $0 != 0x0a } ?? 0
    guard let end = message[start...].firstIndex(of: 0x0a) else { return message }
    let words = String(decoding: message[start..<end], as: UTF8.self).components(separatedBy: " ")
    let target = words.dropFirst().first ?? ""
    var host = words.first == "CONNECT" ? target : "example.com"
    if let scheme = target.range(of: "://") {
      host = String(target[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" })
    }
    return message[...end] + Array("Host: \(host)\r\n".utf8) + message[(end + 1)...]
  }
}
