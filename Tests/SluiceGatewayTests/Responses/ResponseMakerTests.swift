import NIOCore
import RawStructuredFieldValues
import SluiceCore
import SluiceGateway
import SluiceWire
import Testing

@Suite struct ResponseMakerTests {
  private let id = ExchangeID(milliseconds: 1_790_000_000_123, random: 7, more: 9)
  private let accepts = ["application/json", "text/html", "text/plain"]

  private func made(
    _ answer: FailureAnswer, accept: String = "", installation: String = "sluice-1234abcd", contact: String? = nil,
    guide: String? = nil
  ) -> GeneratedResponse {
    var maker = ResponseMaker(installation: installation, contact: contact, guide: guide)
    return maker.failure(answer, accept: Array(accept.utf8))
  }

  private func wire(
    _ response: GeneratedResponse, isHead: Bool = false, keepsAlive: Bool = true, version: HTTPVersion = .http11
  ) -> String {
    var buffer = ByteBuffer()
    response.write(
      into: &buffer, date: Array("Sun, 06 Nov 1994 08:49:37 GMT".utf8), isHead: isHead, keepsAlive: keepsAlive,
      version: version)
    return String(buffer: buffer)
  }

  private func secrets() -> FailureAnswer.Detail {
    var detail = FailureAnswer.Detail()
    detail.upstream = "PLANTED-upstream"
    detail.endpoint = "http://PLANTED-endpoint:3000"
    detail.address = .v4(10, 11, 12, 13, port: 3000)
    detail.systemError = 111
    detail.phase = .connect
    detail.receivedStatus = 299
    detail.rcode = "PLANTED-rcode"
    detail.alertID = 249
    detail.fieldName = "PLANTED-field"
    return detail
  }

  @Test func aRefusedConnectionIsAnsweredAsDesigned() {
    let text = wire(made(FailureAnswer(cause: .connectRefused, id: id)))
    #expect(text.hasPrefix("HTTP/1.1 502 Bad Gateway\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"))
    #expect(
      text.contains(
        "\r\nProxy-Status: sluice-1234abcd; error=connection_refused; details=\"connect_refused\"\r\n"))
    #expect(text.contains("\r\nSluice-Incident: \(id)\r\n"))
    #expect(text.contains("\r\nCache-Control: no-store\r\n"))
    #expect(!text.contains("Retry-After") && !text.contains("Connection:"))
  }

  @Test func everyCauseHasAWholeResponseInEveryForm() throws {
    for cause in Cause.allCases {
      for accept in accepts {
        let response = made(FailureAnswer(cause: cause, id: id), accept: accept)
        let text = wire(response)
        let parts = text.components(separatedBy: "\r\n\r\n")
        #expect(parts.count == 2)
        #expect(text.contains("\r\nContent-Length: \(response.body.count)\r\n"))
        #expect(parts.last?.utf8.count == response.body.count)
        #expect(text.contains("\r\nRetry-After: ") == (cause.status == 503 || cause.status == 429))
        #expect(text.contains("\r\nSluice-Incident: ") == cause.isIncident)
        #expect(text.contains("\r\nConnection: close\r\n") == (cause.status == 408 || cause == .proxyDraining))
        let value = try #require(response.fields.first { "\($0.name)" == "Proxy-Status" }).value
        var parser = StructuredFieldValueParser(value)
        #expect(try parser.parseListFieldValue().count == 1)
      }
    }
  }

  @Test func headHasTheFieldsOfGetAndNoBody() {
    let response = made(FailureAnswer(cause: .connectTimeout, id: id), accept: "text/html")
    let get = wire(response)
    let head = wire(response, isHead: true)
    #expect(head.hasSuffix("\r\n\r\n"))
    #expect(get.hasPrefix(head))
  }

  @Test func theConnectionFieldFollowsTheVersion() {
    let response = made(FailureAnswer(cause: .connectRefused, id: id))
    #expect(wire(response, keepsAlive: false).contains("\r\nConnection: close\r\n"))
    #expect(wire(response, version: .http10).contains("\r\nConnection: keep-alive\r\n"))
  }

  @Test func nothingOfTheInsideReachesAClientThatMayNotSeeIt() {
    for cause in Cause.allCases {
      for accept in accepts {
        var answer = FailureAnswer(cause: cause, id: id)
        answer.rule = .fieldNameSyntax
        var maker = ResponseMaker(installation: "sluice")
        answer.detail = secrets()
        #expect(wire(maker.failure(answer, accept: Array(accept.utf8))).contains("PLANTED"))
        answer.detail = nil
        let text = wire(maker.failure(answer, accept: Array(accept.utf8)))
        #expect(!text.contains(cause.summary) || cause.summary == cause.publicSentence)
        for secret in ["PLANTED", "10.11.12.13", "ECONNREFUSED", "next-hop", "received-status", "alert-id"] {
          #expect(!text.contains(secret))
        }
        let tellsRule = text.contains(WireRule.fieldNameSyntax.section)
        #expect(!tellsRule || cause.proxyErrorType == .httpRequestError)
      }
    }
  }

  @Test func aTrustedClientSeesTheDetailInEveryForm() {
    for accept in accepts {
      var answer = FailureAnswer(cause: .connectRefused, id: id)
      answer.detail = secrets()
      let text = wire(made(answer, accept: accept))
      for detail in ["PLANTED-upstream", "10.11.12.13:3000", "ECONNREFUSED", "PLANTED-endpoint"] {
        #expect(text.contains(detail))
      }
      #expect(text.contains("next-hop=\"10.11.12.13:3000\"; received-status=299;"))
    }
    var answer = FailureAnswer(cause: .dnsNxdomain, id: id)
    answer.detail = secrets()
    #expect(wire(made(answer)).contains("; rcode=\"PLANTED-rcode\""))
    answer.cause = .tlsAlert
    #expect(wire(made(answer)).contains("; alert-id=249"))
    answer.cause = .headerTooLarge
    #expect(wire(made(answer)).contains("; header-name=\"PLANTED-field\""))
  }

  @Test func detailOfOneAnswerIsNotKeptForTheNext() {
    var maker = ResponseMaker(installation: "sluice")
    var answer = FailureAnswer(cause: .connectRefused, id: id)
    answer.detail = secrets()
    _ = maker.failure(answer, accept: [])
    answer.detail = nil
    for _ in 0..<2 { #expect(!wire(maker.failure(answer, accept: [])).contains("10.11.12.13")) }
  }

  @Test func aBadRequestNamesItsRuleAndSection() {
    var answer = FailureAnswer(cause: .requestHostInvalid, id: id)
    answer.rule = .hostMissing
    for accept in accepts {
      let text = wire(made(answer, accept: accept))
      #expect(text.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
      #expect(text.contains(WireRule.hostMissing.section))
    }
    #expect(wire(made(answer, accept: accepts[0])).contains("\"rule\":\"\(WireRule.hostMissing.identifier)\""))
  }

  @Test func theProblemDocumentHasTheMembersOfItsStandard() {
    var answer = FailureAnswer(cause: .poolQueueFull, id: id)
    answer.retryAfter = 7
    let response = made(answer, accept: "application/problem+json")
    let body = String(decoding: response.body, as: UTF8.self)
    #expect(
      body
        == "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
        + "\"detail\":\"\(Cause.poolQueueFull.publicSentence)\",\"instance\":\"#\(id)\","
        + "\"cause\":\"pool_queue_full\",\"retryable\":true,\"incident\":\"\(id)\",\"retryAfter\":7}\n")
    #expect(wire(response).contains("\r\nRetry-After: 7\r\n"))
  }

  @Test func noTextOfARequestOrAnUpstreamBecomesMarkup() {
    let evil = "\"'><script>alert(1)</script>&`\r\n\u{0}ü"
    var answer = FailureAnswer(cause: .notHttp, id: id)
    answer.address = Array("x\(evil)/p".utf8)
    var detail = FailureAnswer.Detail()
    detail.upstream = evil
    detail.endpoint = evil
    detail.fieldName = evil
    detail.rcode = evil
    answer.detail = detail
    for cause in [Cause.notHttp, .dnsNxdomain, .headerTooLarge] {
      answer.cause = cause
      let page = made(answer, accept: "text/html", contact: "https://x/\(evil)")
      let body = String(decoding: page.body, as: UTF8.self)
      #expect(!body.contains("<script") && !body.contains("\"'>") && body.utf8.allSatisfy { $0 == 0x0A || $0 >= 0x20 })
      for field in page.fields { #expect(field.value.allSatisfy { (0x20...0x7E).contains($0) }) }
      let problem = made(answer, accept: "application/json")
      #expect(problem.body.dropLast().allSatisfy { $0 >= 0x20 })
      #expect(made(answer).body.allSatisfy { $0 == 0x0A || $0 >= 0x20 })
    }
    answer.detail = nil
    let script = made(answer, accept: "text/html", contact: "javascript:alert(1)")
    #expect(!String(decoding: script.body, as: UTF8.self).contains("href"))
  }

  @Test func thePageLoadsNothingAndNamesItsLanguage() throws {
    let response = made(
      FailureAnswer(cause: .connectRefused, id: id), accept: "text/html", contact: "mailto:ops@a.test")
    let body = String(decoding: response.body, as: UTF8.self)
    #expect(body.hasPrefix("<!doctype html>\n<html lang=\"en\">"))
    #expect(body.contains("<title>502 Bad Gateway</title>"))
    #expect(body.contains("\(id)") && body.contains("prefers-color-scheme") && body.contains("width=device-width"))
    for word in ["src=", "<script", "<link", "@import", "url(", "http:"] { #expect(!body.contains(word)) }
    #expect(body.contains("<a href=\"mailto:ops@a.test\">ops@a.test</a>"))
    let policy = try #require(response.fields.first { "\($0.name)" == "Content-Security-Policy" })
    #expect(String(decoding: policy.value, as: UTF8.self).hasPrefix("default-src 'none'; style-src"))
  }

  @Test func aPublishedGuideIsLinkedInEachForm() {
    let answer = FailureAnswer(cause: .connectRefused, id: id)
    func body(_ accept: String, _ guide: String?) -> String {
      String(decoding: made(answer, accept: accept, guide: guide).body, as: UTF8.self)
    }
    let site = "https://a.test/guide"
    let page = body("text/html", site)
    #expect(page.contains("<a href=\"\(site)/status/502.html\">What 502 means, and what to do</a>"))
    #expect(page.contains("<dd><a href=\"\(site)/cause/connect_refused.html\">connect_refused</a></dd>"))
    #expect(body("application/json", site).hasPrefix("{\"type\":\"\(site)/cause/connect_refused.html\","))
    #expect(body("text/plain", site).contains("\nguide: \(site)/status/502.html\n"))
    #expect(!body("text/html", nil).contains("href") && !body("text/plain", nil).contains("guide"))
    #expect(!body("text/html", "https://x/\"><script>").contains("<script"))
  }

  @Test(arguments: ["1gate", "my gate", "gät\"e\r\nX: y", ""])
  func anInstallationsOddNameIsAString(name: String) throws {
    let response = made(FailureAnswer(cause: .connectRefused, id: id), installation: name)
    let value = try #require(response.fields.first { "\($0.name)" == "Proxy-Status" }).value
    #expect(value.first == 0x22 && value.allSatisfy { (0x20...0x7E).contains($0) })
    var parser = StructuredFieldValueParser(value)
    #expect(try parser.parseListFieldValue().count == 1)
  }

  @Test func aMethodThatIsNotAllowedIsToldWhichAre() {
    var answer = FailureAnswer(cause: .methodNotAllowed, id: id)
    answer.allow = ["GET", "HEAD"]
    let text = wire(made(answer))
    #expect(text.hasPrefix("HTTP/1.1 405 ") && text.contains("\r\nAllow: GET, HEAD\r\n"))
  }

  @Test func aRedirectCannotSplitTheResponse() {
    let response = GeneratedResponse.redirect(status: 308, location: Array("/a b\r\nX: y\u{7f}é".utf8))
    let text = wire(response)
    #expect(text.contains("\r\nLocation: /a%20b%0D%0AX:%20y%7F%C3%A9\r\n"))
    #expect(text.hasPrefix("HTTP/1.1 308 Permanent Redirect\r\n"))
  }

  @Test func aFixedResponseIsWhatTheRouteSays() {
    let text = wire(.fixed(status: 200, contentType: "application/json", body: Array("{}".utf8)))
    #expect(text.contains("\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"))
    let empty = wire(.fixed(status: 204, contentType: nil, body: []))
    #expect(!empty.contains("Content-Length") && empty.hasSuffix("\r\n\r\n"))
  }

  @Test func everyStatusWithACauseHasItsOwnPhrase() {
    for status in Set(Cause.allCases.map(\.status)) where status != 499 {
      #expect(!["Client Error", "Server Error"].contains("\(reasonPhrase(status))"))
    }
    #expect("\(reasonPhrase(299))" == "Success" && "\(reasonPhrase(799))" == "Server Error")
  }
}

extension String {
  fileprivate func components(separatedBy separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
