import SluiceIncidents
import Testing

@testable import SluiceProbes

@Suite struct HTTP1DialogueTests {
  private var question: ProbeQuestion {
    ProbeQuestion(kind: .configured, address: "127.0.0.1:1", path: "/a?k=v", host: "app.test", isSecure: false)
  }

  private func answered(_ text: String, ended: ProbeEnd? = nil) -> ProbeAnswer? {
    var dialogue = HTTP1Dialogue()
    _ = dialogue.ask(question, at: 100)
    let answer = dialogue.received(Array(text.utf8), at: 110)
    return answer ?? ended.flatMap { dialogue.ended($0, at: 120) }
  }

  @Test func theRequestIsWhole() {
    var dialogue = HTTP1Dialogue()
    var question = question
    question.installation = "gate"
    let text = String(decoding: dialogue.ask(question, at: 0), as: UTF8.self)
    #expect(
      text
        == "GET /a?k=v HTTP/1.1\r\nHost: app.test\r\nuser-agent: sluice-doctor\r\naccept: */*\r\nvia: 1.1 gate\r\n\r\n")
  }

  @Test func aWholeResponseLeavesTheConnection() throws {
    let text = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nKeep-Alive: timeout=5\r\nX-Version: 7\r\n\r\nok"
    let answer = try #require(answered(text))
    #expect(answer.seen.cause == nil)
    #expect(answer.seen.status == 200)
    #expect(answer.seen.version == "HTTP/1.1")
    #expect(answer.seen.framing == "length")
    #expect(answer.seen.firstByteMs == 10)
    #expect(answer.seen.closesAfter == false)
    #expect(answer.seen.path == "/a?k=*")
    #expect(answer.seen.fields == [FieldSeen(name: "x-version", value: "7")])
    #expect(answer.announcedMs == 5000)
    #expect(answer.isReusable)
  }

  @Test func itDoesNotMatterHowItIsCut() throws {
    let bytes = Array(
      "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n".utf8)
    var dialogue = HTTP1Dialogue()
    _ = dialogue.ask(question, at: 0)
    var answers: [ProbeAnswer] = []
    for byte in bytes { if let answer = dialogue.received([byte], at: 1) { answers.append(answer) } }
    #expect(answers.map(\.seen.status) == [200])
    #expect(answers.first?.seen.framing == "chunked")
    #expect(answers.first?.isReusable == true)
  }

  @Test(
    arguments: [
      ("", ProbeEnd.closed, "closed_before_response"), ("", .reset, "reset_before_response"),
      ("HTTP/1.1 200 O", .closed, "truncated_headers"),
      ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx", .closed, "truncated_body"),
      ("SSH-2.0-OpenSSH\r\n", .closed, "not_http"),
      ("\u{15}\u{3}\u{3}\u{0}\u{2}\u{2}\u{0}", .closed, "plaintext_to_tls_port"),
      ("HTTP/1.1 200 OK\r\n: b\r\n\r\n", .closed, "invalid_header"),
      ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n: b\r\n\r\n", .closed, "invalid_header"),
      ("HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", .closed, "unexpected_upgrade"),
    ] as [(String, ProbeEnd, String)])
  func whatIsNoResponse(text: String, end: ProbeEnd, cause: String) {
    #expect(answered(text, ended: end)?.seen.cause == cause)
    #expect(answered(text, ended: end)?.isReusable == false)
  }

  @Test func whatStandsBehindTheEndCostsTheConnection() {
    let answer = answered("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxx")
    #expect(answer?.seen.cause == nil)
    #expect(answer?.isReusable == false)
  }

  @Test func whoSpeaksFirstIsHeard() {
    var dialogue = HTTP1Dialogue()
    #expect(dialogue.received(Array("SSH-2.0-OpenSSH\r\n".utf8), at: 0) == nil)
    _ = dialogue.ask(question, at: 1)
    #expect(dialogue.received([], at: 1)?.seen.cause == "not_http")
  }

  @Test func aBodyUntilTheEndIsWholeThen() {
    let answer = answered("HTTP/1.1 200 OK\r\n\r\nabc", ended: .closed)
    #expect(answer?.seen.cause == nil)
    #expect(answer?.seen.framing == "close")
    #expect(answer?.seen.closesAfter == true)
  }

  @Test func aConnectionThatIsClosedWhenItIsUsedAgainIsStale() {
    var dialogue = HTTP1Dialogue()
    _ = dialogue.ask(question, at: 0)
    #expect(dialogue.received(Array("HTTP/1.1 204 No Content\r\n\r\n".utf8), at: 1)?.isReusable == true)
    _ = dialogue.ask(question, at: 2)
    #expect(dialogue.ended(.closed, at: 3)?.seen.cause == "stale_keepalive")
  }

  @Test func timeThatIsOver() {
    func late(_ text: String, at now: Double) -> ProbeAnswer? {
      var dialogue = HTTP1Dialogue()
      _ = dialogue.ask(question, at: 0)
      _ = dialogue.received(Array(text.utf8), at: 10)
      return dialogue.timedOut(at: now)
    }
    #expect(late("", at: 4000)?.seen.cause == "response_header_timeout")
    #expect(late("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx", at: 4000)?.seen.cause == "body_idle_timeout")
    // A stream of events may be silent as long as it likes.
    let events = late("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", at: 4000)
    #expect(events?.seen.cause == nil)
    #expect(events?.seen.status == 200)
    #expect(events?.isReusable == false)
  }

  @Test func aBodyIsReadToItsBound() {
    var dialogue = HTTP1Dialogue()
    _ = dialogue.ask(question, at: 0)
    #expect(dialogue.received(Array("HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n".utf8), at: 1) == nil)
    let piece = [UInt8](repeating: 0x78, count: 400_000)
    #expect(dialogue.received(piece, at: 2) == nil)
    #expect(dialogue.received(piece, at: 3) == nil)
    let answer = dialogue.received(piece, at: 4)
    #expect(answer?.seen.cause == nil)
    #expect(answer?.isReusable == false)
  }

  @Test func secretsAreBlankedInWhatIsKept() {
    var dialogue = HTTP1Dialogue()
    var question = question
    question.secrets = SecretFields(configured: ["X-Token"])
    _ = dialogue.ask(question, at: 0)
    let text = "HTTP/1.1 200 OK\r\nSet-Cookie: abc\r\nX-Token: def\r\n: b\r\n\r\n"
    let kept = dialogue.received(Array(text.utf8), at: 1)?.seen.firstBytes?.text
    #expect(kept?.contains("Set-Cookie: ***") == true)
    #expect(kept?.contains("X-Token: ***") == true)
  }

  @Test func whoAnswersIsToldByItsMark() {
    func isOurselves(_ field: String) -> Bool? {
      var dialogue = HTTP1Dialogue()
      var question = question
      question.installation = "gate"
      _ = dialogue.ask(question, at: 0)
      return dialogue.received(Array("HTTP/1.1 502 Bad\r\n\(field)\r\nContent-Length: 0\r\n\r\n".utf8), at: 1)?.seen
        .isOurselves
    }
    #expect(isOurselves("Proxy-Status: gate; error=proxy_loop_detected") == true)
    #expect(isOurselves("Via: 1.1 other, 1.1 gate") == true)
    #expect(isOurselves("Via: 1.1 gate-2") == false)
    #expect(isOurselves("Server: gate") == false)
  }
}
