import SluiceConfiguration
import SluiceCore
import Testing

@Suite struct RouteDiagnosticTests {
  /// One route of one line, beginning in line 8 column 5.
  private func diagnose(route: String) -> [String] {
    SluiceConfigurationTests.diagnose(valid + "routes: [\n { \(route) } ]").map {
      $0.hasPrefix("9:2:") ? "ROUTE\($0.dropFirst(4))" : String($0.dropFirst(2))
    }
  }

  @Test(arguments: [
    Case("path: /", "ROUTE error: this route needs one of 'upstream', 'redirect' and 'respond'"),
    Case("upstrem: api", "4: error: unknown key 'upstrem'; did you mean 'upstream'?"),
    Case("upstream: apii", "14: error: there is no upstream 'apii'; did you mean 'api'?"),
    Case("upstream: payments", "14: error: there is no upstream 'payments'"),
    Case(
      "upstream: api, respond: {}",
      "28: error: a route has only one of 'upstream', 'redirect' and 'respond'; 'upstream' is given already"),
    Case("upstream: api, path: v1", "25: error: 'path' is 'v1': a path begins with '/'; did you mean '/v1'?"),
    Case(
      "upstream: api, path: '/v1?x'",
      "25: error: 'path' is '/v1?x': a path has no query and no fragment; use 'query'; did you mean '/v1'?"),
    Case(
      "upstream: api, path: '/v1/*'",
      "25: error: 'path' is '/v1/*': a path is a prefix and has no '*'; did you mean '/v1'?"),
    Case(
      "upstream: api, path: /a/../b",
      "25: error: 'path' is '/a/../b': it never matches: '.' and '..' are removed from a request's path before it is matched"
    ),
    Case(
      "upstream: api, path: /%61",
      "25: error: 'path' is '/%61': it never matches: '%' forms of letters, digits and '-._~' are decoded before a path is matched"
    ),
    Case("upstream: api, path: /%+1", "25: error: 'path' is '/%+1': '%' is followed by two hexadecimal digits"),
    Case(
      "upstream: api, path: /é",
      "25: error: 'path' is '/é': it has a character that a request's path cannot have; write it as '%' and two hexadecimal digits"
    ),
    Case("upstream: api, path: /a//b", "25: error: 'path' is '/a//b': it has an empty segment ('//')"),
    Case(
      "upstream: api, host: 'a.test:80'",
      "25: error: 'host' is 'a.test:80': a host is matched without its port; did you mean 'a.test'?"),
    Case(
      "upstream: api, host: https://a.test/",
      "25: error: 'host' is 'https://a.test/': a host has no scheme; did you mean 'a.test'?"),
    Case(
      "upstream: api, host: a.*.test",
      "25: error: 'host' is 'a.*.test': only a whole first label can be '*', as in *.example.com"),
    Case(
      "upstream: api, host: *.a.test",
      "25: error: a value that begins with '*' must be in quotes, since YAML takes it for an alias: write '*.a.test' with them"
    ),
    Case(
      "upstream: api, host: keep",
      "25: warning: this matches requests for a host named 'keep'; the Host that goes upstream is 'upstreamHost'"),
    Case(
      "upstream: api, methods: [get]", "29: error: 'methods[0]' is 'get': methods are upper case; did you mean 'GET'?"),
    Case("upstream: api, methods: []", "28: error: 'methods' is an empty list; it needs at least one item"),
    Case("upstream: api, headers: { 'A B': x }", "30: error: 'A B' is not a header name: letters, digits and '-' only"),
    Case(
      "upstream: api, stripPrefix: yes, path: /a",
      "32: error: 'stripPrefix' is 'yes'; expected true or false; did you mean 'true'?"),
    Case("upstream: api, stripPrefix: true", "32: warning: 'stripPrefix' does nothing where 'path' is '/'"),
    Case(
      "upstream: api, requestHeaders: { set: { Content-Length: 1 } }",
      "44: error: 'Content-Length' cannot be set or removed: the gateway makes this header itself"),
    Case(
      "upstream: api, requestHeaders: { remove: [Host] }",
      "46: error: 'remove[0]' is 'Host': it cannot be set here; use the route's 'upstreamHost'"),
    Case(
      "upstream: api, responseHeaders: { set: { X: \"a\\r\\nb\" } }",
      "48: error: 'X' is 'a\u{FFFD}\u{FFFD}b': a header value cannot contain line breaks or control characters"),
    Case(
      "upstream: api, timeouts: { queue: 5m }",
      "38: error: 'queue' (300s) must be less than 'request' (120s), which counts the waiting too"),
    Case(
      "upstream: api, timeouts: { connect: 1s }",
      "31: error: unknown key 'connect'; the keys here are responseHead, request, bodyIdle, streamIdle, queue"),
    Case(
      "upstream: api, requestBody: many",
      "32: error: 'requestBody' is 'many'; expected a size such as 64KiB, 1MiB or 512 (bytes), or 'unlimited'"),
    Case(
      "redirect: example.com",
      "14: error: 'redirect' is 'example.com': it begins with https://, http:// or /; did you mean 'https://example.com'?"
    ),
    Case(
      "redirect: { status: 300, location: / }",
      "24: error: 'status' is '300'; expected 301, 302, 303, 307 or 308; did you mean '301'?"),
    Case(
      "redirect: { status: 301 }",
      "14: error: 'location' is missing in 'redirect'; it is a URL or path such as https://example.com${path}"),
    Case("redirect: /, retry: {}", "24: warning: 'retry' does nothing in a route that has no 'upstream'"),
    Case("respond: { status: 100 }", "23: error: 'status' is '100': it must be from 200 to 599"),
    Case("respond: { status: 204, body: x }", "34: error: a response with status 204 has no body"),
  ])
  func aRouteWithAMistake(_ test: Case) {
    let found = diagnose(route: test.text).filter { !$0.contains("no route uses") }
    #expect(found == test.diagnostics)
  }

  @Test func aRouteThatCanNeverMatch() {
    let text =
      valid + """
        routes:
          - { host: A.test, path: /a, methods: [GET, PUT], upstream: api }
          - { host: a.test, path: /a/, methods: [PUT, GET], respond: {} }
          - { host: a.test, path: /a, methods: [GET], respond: {} }
          - { host: a.test, path: /a, methods: [GET, POST], respond: {} }
          - { host: a.test, path: /a, methods: [POST], respond: {} }
          - { host: a.test, path: /a, respond: {} }
          - { host: a.test, path: /a, methods: [DELETE], respond: {} }
          - { host: a.test, path: /a, headers: { X: y }, respond: {} }
          - { host: a.test, path: /a, respond: {} }
        """
    let warning = "warning: this route never matches: the one on line"
    #expect(
      SluiceConfigurationTests.diagnose(text) == [
        "10:5: \(warning) 9 comes first and takes all of its requests",
        "11:5: \(warning) 9 comes first and takes all of its requests",
        "13:5: \(warning) 12 comes first and takes all of its requests",
        "17:5: \(warning) 14 comes first and takes all of its requests",
      ])
  }

  @Test func aConditionWithAMistakeIsNotTakenForItsDefault() {
    let text = valid + "routes:\n  - { path: a, upstream: api }\n  - { upstream: api }\n"
    #expect(SluiceConfigurationTests.diagnose(text).count == 1)
  }

  @Test func namesAreGivenOnce() {
    let text =
      valid + """
        routes:
          - { name: a, path: /a, upstream: api }
          - { name: a, path: /b, upstream: api }
        """
    #expect(SluiceConfigurationTests.diagnose(text) == ["10:13: error: a route is named 'a' already, line 9"])
  }

  @Test func anUpstreamThatNoRouteUses() {
    let text = valid + "  spare: { endpoints: [http://127.0.0.1:1] }\nroutes: [{ upstream: api }]\n"
    #expect(SluiceConfigurationTests.diagnose(text) == ["8:3: warning: no route uses upstream 'spare'"])
  }

  @Test func withoutRoutesThereIsOneUpstream() throws {
    #expect(try configure(valid).routes.map(\.pathPrefix) == ["/"])
    let two = valid + "  spare: { endpoints: [http://127.0.0.1:1] }\n"
    #expect(
      SluiceConfigurationTests.diagnose(two) == [
        "1:1: error: 'routes' is missing: with more than one upstream it must be said which requests go where"
      ])
    #expect(
      SluiceConfigurationTests.diagnose("listeners: [{ address: 127.0.0.1:1 }]") == [
        "1:1: error: there are neither 'routes' nor 'upstreams': nothing would be answered"
      ])
  }
}
