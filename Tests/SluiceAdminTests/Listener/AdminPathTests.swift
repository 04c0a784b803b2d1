import Testing

@testable import SluiceAdmin

@Suite("The form of a path")
struct AdminPathTests {
  @Test(
    "takes what it names",
    arguments: [
      ("/a/b", "/a/b", [:]), ("/a/{id}", "/a/x", ["id": "x"]),
      (
        "/u/{name}/e/{address}/drain", "/u/api/e/http:%2F%2F127.0.0.1:3000/drain",
        [
          "name": "api", "address": "http://127.0.0.1:3000",
        ]
      ),
      ("/guide/{+page}", "/guide/status/502", ["page": "status/502"]), ("/guide/{+page}", "/guide/", ["page": ""]),
    ] as [(String, String, [String: String])])
  func matches(_ template: String, _ path: String, _ values: [String: String]) {
    #expect(AdminPath(template).match(path) == values)
  }

  @Test(
    "refuses everything else",
    arguments: [
      ("/a/b", "/a"), ("/a/b", "/a/b/"), ("/a/b", "/a/B"), ("/a/{id}", "/a/"), ("/a/{id}", "/a/x/y"),
      ("/a/{id}", "/a/%zz"), ("/a/{id}", "/a/%f"), ("/a/{id}", "/a/%ff"), ("/guide/{+page}", "/guide"),
      ("/a/{id}", "a/x"), ("/a/{id}", ""),
    ])
  func refuses(_ template: String, _ path: String) {
    #expect(AdminPath(template).match(path) == nil)
  }

  @Test("percent-encoding and back", arguments: ["http://[::1]:3000/?a=b&c", "ä€𝄞", " +%", "plain-._~"])
  func encoding(_ text: String) {
    let encoded = PercentCode.encoded(text)
    #expect(encoded.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x2F && $0 != 0x26 && $0 != 0x3F })
    #expect(PercentCode.decoded(encoded[...]) == text)
  }
}
