import SluiceIncidents
import Testing

@Suite struct BlankSecretsTests {
  private func blanked(_ text: String, _ more: [String] = []) -> String {
    var bytes = Array(text.utf8)
    blankSecrets(in: &bytes, fields: SecretFields(configured: more))
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(arguments: [
    "GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer s3cret\r\nX: y\r\n\r\n",
    "HTTP/1.1 200 OK\r\nset-cookie: sid=s3cret; Path=/\r\n\r\n",
    "cookie : a=s3cret\n",
    "Proxy-AUTHORIZATION:s3cret",
    " \tCookie: s3cret\r\n",
    "\u{0}Cookie\u{0}: s3cret\r\n",
    "Cookie:\r\n s3cret\r\n\ts3cret\r\n",
    "GET /?key=s3cret&b=s3cret HTTP/1.1\r\n\r\n",
    "GET /?key=s3cret",
    "X: 1\rCookie: s3cret\r",
    "X: 1\nX-Api-Key: s3cret",
  ])
  func aSecretIsGoneWhateverTheHeadLooksLike(text: String) {
    let result = blanked(text, ["X-API-Key"])
    #expect(!result.contains("s3cret"))
    #expect(result.utf8.count == text.utf8.count)
  }

  @Test func allElseStays() {
    let text = "GET /a?b HTTP/1.1\r\nHost: a\r\nCookies: b\r\nX-Cookie: c\r\n folded\r\n\r\n"
    #expect(blanked(text) == text)
    #expect(blanked("Cookie: a b\r\n X\r\nHost: h\r\n") == "Cookie: * *\r\n *\r\nHost: h\r\n")
  }

  @Test func namesAreMatchedInAnyCase() {
    let fields = SecretFields(configured: ["X-Token"])
    #expect(fields.contains(Array("x-TOKEN".utf8)))
    #expect(fields.contains(Array("Set-Cookie".utf8)))
    #expect(!fields.contains(Array("x-tokens".utf8)))
  }
}
