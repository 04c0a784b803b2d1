import SluiceConfiguration
import Testing

@testable import SluiceAdmin

@Suite("Who is answered at the admin address, and what")
struct AdminTableTests {
  private let noted = Noted()
  private let open = AdminConfiguration(host: "127.0.0.1", port: 9180)
  private let guarded = AdminConfiguration(host: "10.0.0.5", port: 9180, token: Secret("0123456789abcdef"))

  private var table: AdminTable { AdminSource.table(noted) }

  private func request(_ method: String, _ path: String, host: String? = "127.0.0.1:9180") -> AdminRequest {
    var request = AdminRequest(method: method, path: path)
    request.host = host
    return request
  }

  private func post(_ body: String, type: String? = "application/json") -> AdminRequest {
    var request = request("POST", "/api/v1/deploys")
    request.contentType = type
    request.body = Array(body.utf8)
    return request
  }

  private func text(_ answer: AdminAnswer) -> String { String(decoding: answer.body, as: UTF8.self) }

  @Test("a deploy is marked once, and listed")
  func mark() async {
    let body = #"{"text": "api v42", "upstream": "api"}"#
    let answer = await table.answer(post(body), open)
    #expect(answer.status == 201)
    #expect(text(answer) == #"{"kind":"deploy","text":"api v42","time":1790000000000,"upstream":"api"}"# + "\n")
    #expect(await table.answer(post(body, type: "application/json; charset=utf-8"), open).status == 200)
    #expect(noted.changes.withLock { $0.count } == 1)
    let list = await table.answer(request("GET", "/api/v1/deploys"), open)
    #expect(list.status == 200 && text(list).contains("api v42"))
  }

  @Test("what is wrong is a problem document")
  func problems() async {
    #expect(await table.answer(request("GET", "/nowhere"), open).status == 404)
    let method = await table.answer(request("DELETE", "/api/v1/deploys"), open)
    #expect(method.status == 405)
    #expect(method.fields == [.init(name: "Allow", value: "GET, HEAD, POST")])
    #expect(await table.answer(post("{}", type: "text/plain"), open).status == 415)
    #expect(await table.answer(post("{}", type: nil), open).status == 415)
    var large = post("{}")
    large.isBodyTooLarge = true
    #expect(await table.answer(large, open).status == 413)
    let mistake = await table.answer(post(#"{"text": "x", "upstream": "apy"}"#), open)
    #expect(mistake.status == 422 && mistake.contentType == "application/problem+json")
    #expect(text(mistake).contains("did you mean 'api'?"))
    #expect(noted.changes.withLock { $0.isEmpty })
  }

  @Test(
    "a Host of elsewhere is refused, where a page could have made it",
    arguments: [
      ("127.0.0.1:9180", 200), ("localhost:9180", 200), ("LOCALHOST", 200), ("[::1]:9180", 200), ("127.1.2.3", 200),
      ("evil.example", 421), ("127.0.0.1.evil.example:9180", 421), ("10.0.0.5:9180", 421), ("", 400),
    ])
  func hosts(_ host: String, _ status: Int) async {
    #expect(await table.answer(request("GET", "/api/v1/deploys", host: host), open).status == status)
  }

  @Test("over TLS a browser has asked for a name of the certificate already")
  func secureHosts() async {
    var secure = AdminConfiguration(host: "0.0.0.0", port: 9180)
    secure.tls = ListenerTLSConfiguration(certificates: [])
    let path = "/api/v1/deploys"
    #expect(await table.answer(request("GET", path, host: "gateway.example:9180"), secure).status == 200)
    #expect(await table.answer(request("GET", path, host: nil), secure).status == 400)
  }

  @Test("no Host at all is refused, but where the answer tells nothing")
  func noHost() async {
    #expect(await table.answer(request("GET", "/api/v1/deploys", host: nil), open).status == 400)
    #expect(await table.answer(request("GET", "/nowhere", host: nil), open).status == 400)
    for path in ["/healthz", "/readyz"] {
      #expect(await table.answer(request("GET", path, host: nil), open).status == 200)
    }
  }

  @Test("what needs no body to be refused is refused by the head alone")
  func heads() async {
    var late = post("")
    late.contentType = nil
    #expect(table.refusal(of: late, open) == nil)
    #expect(table.refusal(of: late, guarded)?.status == 401)
    late.host = "evil.example"
    #expect(table.refusal(of: late, open)?.status == 421)
  }

  @Test("with a token nothing but the health paths is answered without it")
  func token() async {
    var asked = request("GET", "/api/v1/deploys", host: "gateway.internal:9180")
    #expect(await table.answer(request("GET", "/readyz", host: "gateway.internal"), guarded).status == 200)
    for wrong in [nil, "Bearer", "Bearer 0123456789abcdeX", "Bearer 0123456789abcdef0", "Basic 0123456789abcdef"] {
      asked.authorization = wrong
      let answer = await table.answer(asked, guarded)
      #expect(answer.status == 401)
      #expect(answer.fields.map(\.name) == ["WWW-Authenticate"])
      #expect(answer.fields.first?.value.hasPrefix("Bearer realm=\"sluice\", Basic realm=\"sluice\"") == true)
    }
    // A browser asks its user for a name and a password.
    for right in ["bearer 0123456789abcdef", "Basic YW55Ym9keTowMTIzNDU2Nzg5YWJjZGVm"] {
      asked.authorization = right
      #expect(await table.answer(asked, guarded).status == 200)
    }
    asked.authorization = "Basic YW55Ym9keTowMTIzNDU2Nzg5YWJjZGVY"
    #expect(await table.answer(asked, guarded).status == 401)
  }

  @Test(
    "a page of another origin changes nothing",
    arguments: [
      (nil, nil, 201), (nil, "same-origin", 201), (nil, "none", 201), ("http://127.0.0.1:9180", "same-origin", 201),
      (nil, "cross-site", 403), (nil, "same-site", 403), ("http://evil.example", nil, 403), ("null", nil, 403),
      ("http://127.0.0.1:9181", nil, 403), ("http://127.0.0.1:9180", nil, 201),
      ("http://127.0.0.1:9180", "cross-site", 403),
    ] as [(String?, String?, Int)])
  func crossing(_ origin: String?, _ site: String?, _ status: Int) async {
    var sent = post(#"{"text": "api v42"}"#)
    (sent.origin, sent.fetchSite) = (origin, site)
    #expect(await table.answer(sent, open).status == status)
    #expect(noted.changes.withLock { $0.count } == (status == 201 ? 1 : 0))
  }

  @Test("a gateway that drains is not ready, and healthy all the same")
  func draining() async {
    #expect(await table.answer(request("HEAD", "/readyz"), open).status == 200)
    noted.isDraining.withLock { $0 = true }
    #expect(await table.answer(request("GET", "/readyz"), open).status == 503)
    #expect(await table.answer(request("GET", "/healthz"), open).status == 200)
  }
}
