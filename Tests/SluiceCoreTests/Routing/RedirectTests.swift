import SluiceCore
import Testing

@Suite("Redirects and stripped prefixes")
struct RedirectTests {
  private func location(_ template: String, host: String = "h", path: String = "/p", query: String = "") -> String? {
    let (host, path, query) = (Array(host.utf8), Array(path.utf8), Array(query.utf8))
    return Redirect(status: 308, location: template)
      .expanded(host: host.span.bytes, path: path.span.bytes, query: query.span.bytes)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("The request's parts take their places")
  func parts() {
    #expect(location("https://${host}${path}?${query}", query: "a=1&b") == "https://h/p?a=1&b")
    #expect(location("/new${path}") == "/new/p")
    #expect(location("https://x/") == "https://x/")
    #expect(location("a$b{c}${other}") == "a$b{c}${other}")
  }

  @Test("The question mark goes with an empty query")
  func emptyQuery() {
    #expect(location("https://${host}${path}?${query}") == "https://h/p")
  }

  @Test("The host comes without its port", arguments: [("h:80", "h"), ("[::1]:80", "[::1]"), ("[::1]", "[::1]")])
  func port(_ host: String, _ expected: String) {
    #expect(location("https://${host}/", host: host) == "https://\(expected)/")
  }

  @Test("A template that needs a host has no location without one")
  func noHost() {
    #expect(location("https://${host}/", host: "") == nil)
    #expect(location("/x", host: "") == "/x")
  }

  @Test("Nobody is sent to another host by a path", arguments: ["${path}", "/${path}"])
  func openRedirect(_ template: String) {
    for path in ["//evil.com", "///evil.com/x", "/evil.com", "/\\evil.com"] {
      let found = location(template, path: path) ?? "//"
      #expect(!found.hasPrefix("//"), "\(found)")
      #expect(!found.contains("\\"))
    }
  }

  @Test("A template's own slashes stay")
  func protocolRelative() {
    #expect(location("//cdn.example${path}") == "//cdn.example/p")
  }

  @Test("What does not belong into a URL is encoded")
  func encoding() {
    #expect(location("/x?${query}", query: "a\r\nSet-Cookie: b") == "/x?a%0D%0ASet-Cookie:%20b")
    #expect(location("${path}", path: "/é<\">~") == "/%C3%A9%3C%22%3E~")
    #expect(location("${path}", path: "/a%20b") == "/a%20b")
  }

  @Test(
    "A stripped path begins with a slash",
    arguments: [
      ("/v1", "/v1/x", "/x"), ("/v1", "/v1", "/"), ("/v1", "/v1/", "/"), ("/v1/", "/v1/x", "/x"), ("/", "/x", "/x"),
      ("/v1", "/v1x", "/v1x"), ("/v1", "/v", "/v"), ("/v1", "*", "*"), ("/v1", "/v2/x", "/v2/x"), ("", "/x", "/x"),
    ])
  func stripping(_ prefix: String, _ path: String, _ expected: String) {
    let bytes = Array(path.utf8)
    let stripped = StrippedPath(bytes.span.bytes, prefix: prefix)
    let rest = (stripped.needsSlash ? "/" : "") + String(decoding: bytes[stripped.start...], as: UTF8.self)
    #expect(rest == expected)
  }
}
