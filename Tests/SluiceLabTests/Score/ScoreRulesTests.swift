import SluiceCore
import Testing

@testable import SluiceLab

/// What each kind of answer is worth.
struct ScoreRulesTests {
  private func subject(_ name: String) throws -> ScoreSubject {
    try #require(ScoreSubject.all(authority: "gateway.test").first { $0.name == name })
  }

  private func score(_ name: String, _ answers: Answer...) throws -> ScenarioScore {
    ScoreRules(subject: try subject(name), answers: answers).score()
  }

  private func whole(
    _ status: UInt16, _ body: String = "", proxyStatus: String? = nil, end: Answer.End = .open
  ) -> Answer {
    var answer = Answer()
    answer.status = status
    answer.isWhole = true
    answer.body = Array(body.utf8)
    answer.bodyCount = body.utf8.count
    if let proxyStatus { answer.fields = [("Proxy-Status", proxyStatus)] }
    answer.end = end
    return answer
  }

  private func cut(_ status: UInt16, _ end: Answer.End = .fin) -> Answer {
    var answer = whole(status, "first", end: end)
    answer.isWhole = false
    return answer
  }

  private func ended(_ end: Answer.End) -> Answer {
    var answer = Answer()
    answer.end = end
    return answer
  }

  @Test func everyScenarioAndFiftyMoreAreScored() {
    let subjects = ScoreSubject.all(authority: "gateway.test")
    #expect(subjects.filter { $0.side == .response }.count == LabCatalogue.scenarios.count)
    #expect(subjects.count >= 200 && subjects.filter { $0.side == .request }.count >= 20)
    #expect(Set(subjects.map(\.name)).count == subjects.count)
    #expect(subjects.allSatisfy { !$0.turns.isEmpty })
  }

  @Test func theRightAnswerIsRightInEveryColumn() throws {
    let right = try score(
      "connect-refused", whole(502, proxyStatus: "s; error=connection_refused; details=\"connect_refused\""))
    #expect(right.status == .right && right.type == .right && right.cause == .right && right.who == .right)
    #expect(right.isRight && right.complaints.isEmpty)
  }

  /// A gateway that has no HTTP/2 towards its upstreams is not judged by what it cannot be asked.
  @Test func whatAGatewayDoesNotSpeakIsNotJudged() throws {
    let unspoken = try score("h2-refused", whole(501, GatewayKind.unspokenText))
    #expect(unspoken.skipped == "it speaks no HTTP/2 over TLS to upstreams")
    #expect(unspoken.status == .notJudged && unspoken.isRight)
    // A 501 that says something else is an answer like any other.
    #expect(try score("h2-refused", whole(501)).status == .wrong)
  }

  @Test func theStatusIsJudgedWithoutProxyStatus() throws {
    let plain = try score("connect-refused", whole(502))
    #expect(plain.status == .right && plain.type == .wrong && plain.cause == .wrong && plain.who == .notJudged)
    #expect(plain.leak == nil && plain.silence == nil && !plain.isRight)
    let other = try score("connect-refused", whole(503))
    #expect(other.status == .wrong)
  }

  @Test func aWrongWordIsWrongInItsOwnColumn() throws {
    let score = try score(
      "connect-timeout", whole(504, proxyStatus: "s; error=connection_timeout; details=\"not_http\""))
    #expect(score.status == .right && score.type == .right && score.cause == .wrong && score.who == .wrong)
  }

  @Test func whatCannotBeToldApartIsRight() throws {
    let twin = try score(
      "connect-timeout", whole(504, proxyStatus: "s; error=connection_timeout; details=\"backlog_full\""))
    #expect(twin.isRight)
    // The name may be either, the status may not.
    #expect(try score("connect-timeout", whole(503)).status == .wrong)
  }

  @Test func aCutBodyMustLookCut() throws {
    let aborted = try score("truncated-body-length", cut(200))
    #expect(aborted.isRight && aborted.type == .notJudged)
    #expect(try score("truncated-body-length", cut(200, .reset)).isRight)
    let refused = try score("truncated-body-length", whole(502))
    #expect(refused.status == .right)
    let passed = try score("truncated-body-chunked", whole(200, "first"))
    #expect(passed.status == .wrong && passed.leak == "a cut body as a whole one")
    var stalled = cut(200)
    stalled.end = .timeLimit
    #expect(try score("truncated-body-length", stalled).silence == "neither an end nor a cut in time")
  }

  @Test func garbageIsALeakWhateverItIsWrappedIn() throws {
    var raw = ended(.fin)
    raw.fault = "bytes that do not begin as HTTP does"
    #expect(try score("garbage-ssh", raw).leak == raw.fault)
    let wrapped = try score("garbage-ssh", whole(200, "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"))
    #expect(wrapped.status == .wrong && wrapped.leak == "32 bytes that are no response's body")
    // Tolerant reading is wrong here, and gives the client nothing but what was meant for it.
    let tolerant = try score("invalid-status-two-spaces", whole(200, "ok\n"))
    #expect(tolerant.status == .wrong && tolerant.leak == nil)
  }

  @Test func silenceIsToldAsWhatItIs() throws {
    #expect(try score("connect-refused", ended(.fin)).silence == "closed without a response")
    #expect(try score("connect-refused", ended(.reset)).silence == "reset without a response")
    #expect(try score("connect-refused", ended(.timeLimit)).silence == "no response in time")
    #expect(try score("ok", ended(.unreachable)).silence == "no connection to the gateway")
  }

  @Test func bytesTooManyMustNotAnswerTheNextRequest() throws {
    #expect(try score("excess-response", whole(200, "ok\n"), whole(200, "ok\n")).isRight)
    let poisoned = try score("excess-response", whole(200, "ok\n"), whole(200, "poison\n"))
    #expect(poisoned.status == .right && poisoned.leak == "the next request got another answer")
  }

  @Test func theApplicationsOwnErrorStaysItsOwn() throws {
    #expect(try score("own-502", whole(502)).isRight)
    #expect(try score("own-502-proxy-status", whole(502, proxyStatus: "inner; error=connection_refused")).isRight)
    #expect(try score("own-502", whole(502, proxyStatus: "s; error=proxy_internal_error")).type == .wrong)
    #expect(try score("own-502", whole(503)).status == .wrong)
  }

  @Test func aMalformedRequestHasToBeRefused() throws {
    #expect(try score("request-nul", whole(400)).status == .right)
    #expect(try score("request-nul", whole(200)).status == .wrong)
    #expect(try score("request-chunk-size-not-hex", whole(502)).status == .wrong)
    #expect(try score("request-coding-unknown", whole(501)).status == .right)
    // RFC 9112 section 5.2 lets a recipient unfold.
    #expect(try score("request-folded", whole(200)).status == .right)
  }

  @Test func whatTheSuperuserMayOpenIsNotJudged() throws {
    let skipped = try score("unix-socket-permission", whole(200, "let in\n"))
    #expect(skipped.skipped != nil && skipped.status == .notJudged && skipped.isRight)
    #expect(try score("unix-socket-permission", whole(502)).status == .wrong)
  }

  @Test func twinsAreOnlyNamedWhereTheGatewayMaySayThem() {
    for scenario in LabCatalogue.scenarios where !scenario.expected.indistinguishableFrom.isEmpty {
      #expect(scenario.expected.cause != nil, "\(scenario.name)")
      #expect(!scenario.expected.indistinguishableFrom.contains { $0 == scenario.expected.cause }, "\(scenario.name)")
    }
  }
}
