import SluiceIncidents
import SluiceWire
import Testing

@testable import SluiceProbes

@Suite struct HTTP2DialogueTests {
  private var question: ProbeQuestion {
    ProbeQuestion(kind: .configured, address: "127.0.0.1:1", path: "/", host: "app.test", isSecure: true)
  }

  /// SETTINGS, then a head with `:status 200` (index 8 of the static table).
  private static let settings: [UInt8] = [0, 0, 0, 4, 0, 0, 0, 0, 0]
  private static func head(ends: Bool) -> [UInt8] { [0, 0, 1, 1, ends ? 5 : 4, 0, 0, 0, 1, 0x88] }
  private static let end: [UInt8] = [0, 0, 2, 0, 1, 0, 0, 0, 1, 0x6F, 0x6B]

  private func asked() -> HTTP2Dialogue {
    var dialogue = HTTP2Dialogue()
    _ = dialogue.ask(question, at: 0)
    return dialogue
  }

  @Test func theFirstBytesAreThePreface() {
    var dialogue = HTTP2Dialogue()
    let bytes = dialogue.ask(question, at: 0)
    #expect(String(decoding: bytes.prefix(24), as: UTF8.self) == "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
    #expect(dialogue.takeOutput().isEmpty)
  }

  @Test func aWholeResponseInPieces() {
    var dialogue = asked()
    var answer: ProbeAnswer?
    for byte in Self.settings + Self.head(ends: false) + Self.end {
      answer = dialogue.received([byte], at: 7) ?? answer
    }
    #expect(answer?.seen.status == 200)
    #expect(answer?.seen.version == "HTTP/2")
    #expect(answer?.seen.cause == nil)
    #expect(answer?.isReusable == true)
    #expect(!dialogue.takeOutput().isEmpty)
  }

  @Test func whatIsNoHTTP2SaysWhatItIs() {
    var dialogue = asked()
    let answer = dialogue.received(Array("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".utf8), at: 1)
    #expect(answer?.seen.cause == "h2_protocol_violation")
    #expect(answer?.seen.firstBytes?.text.hasPrefix("HTTP/1.1 400") == true)
    #expect(answer?.seen.status == nil)
  }

  @Test func aGoawayEndsTheUseOfTheConnection() {
    var dialogue = asked()
    _ = dialogue.received(Self.settings + Self.head(ends: true), at: 1)
    #expect(!dialogue.isOver)
    _ = dialogue.received([0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0], at: 2)
    #expect(dialogue.isOver)
  }

  @Test func whoSpeaksFirstIsHeard() {
    var dialogue = HTTP2Dialogue()
    #expect(dialogue.received(Self.settings, at: 0) == nil)
    // The preface stands before the acknowledgement.
    #expect(String(decoding: dialogue.takeOutput().prefix(14), as: UTF8.self) == "PRI * HTTP/2.0")
    _ = dialogue.ask(question, at: 1)
    #expect(dialogue.received(Self.head(ends: true), at: 2)?.seen.status == 200)
    var other = HTTP2Dialogue()
    #expect(other.received(Array("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n".utf8), at: 0) == nil)
    _ = other.ask(question, at: 1)
    let answer = other.received([], at: 1)
    #expect(answer?.seen.cause == "h2_protocol_violation")
    #expect(answer?.seen.firstBytes?.looksLike == "ssh")
  }

  @Test func silenceAndEnds() {
    var silent = asked()
    #expect(silent.timedOut(at: 9)?.seen.cause == "response_header_timeout")
    var closed = asked()
    #expect(closed.ended(.closed, at: 9)?.seen.cause == "closed_before_response")
    var cut = asked()
    _ = cut.received(Self.settings + Self.head(ends: false), at: 1)
    #expect(cut.ended(.reset, at: 9)?.seen.cause == "truncated_body")
  }
}
