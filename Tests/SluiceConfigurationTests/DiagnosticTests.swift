import SluiceConfiguration
import Testing

/// Each mistake with its exact place, in a file that is right otherwise. The lines of `text` come after `valid`.
struct Case: Sendable, CustomTestStringConvertible {
  var text: String
  var diagnostics: [String]

  init(_ text: String, _ diagnostics: String...) {
    self.text = text
    self.diagnostics = diagnostics
  }

  var testDescription: String { text }
}

@Suite struct DiagnosticTests {
  @Test func aValidFileHasNone() throws {
    #expect(diagnose(valid) == [])
  }

  @Test(arguments: [
    Case("upstrems: {}", "8:1: error: unknown key 'upstrems'; did you mean 'upstreams'?"),
    Case("worker: 2", "8:1: error: unknown key 'worker'; did you mean 'workers'?"),
    Case(
      "drain: { zzz: 1 }", "8:10: error: unknown key 'zzz'; the keys here are delay, deadline"),
    Case(
      "admin: {}",
      "8:8: error: 'address' is missing in 'admin'; it is an address such as 127.0.0.1:8080, [::1]:8080 or unix:/run/sluice.sock"
    ),
    Case(
      "incidents: { count: 99 }", "8:21: error: 'count' is '99': it must be from 100 to 10000000"),
    Case(
      "incidents: { store: none }",
      "8:21: error: 'store' is 'none'; expected a file such as /var/lib/sluice/incidents.sqlite, or off; did you mean 'off'?"
    ),
    Case("workers:", "8:9: error: 'workers' has no value; expected a whole number such as 2"),
    Case("workers: [2]", "8:10: error: 'workers' is a list; expected a whole number such as 2"),
    Case("workers: {}", "8:10: error: 'workers' is a mapping; expected a whole number such as 2"),
    Case("workers: two", "8:10: error: 'workers' is 'two'; expected a whole number such as 2"),
    Case("workers: 0", "8:10: error: 'workers' is '0': it must be from 1 to 1024"),
    Case("workers: +2", "8:10: error: 'workers' is '+2'; expected a whole number such as 2"),
    Case("drain: 5s", "8:8: error: 'drain' is '5s'; expected a mapping with keys such as 'delay' and 'deadline'"),
    Case("drain: { delay: 5 }", "8:17: error: 'delay' is '5': a duration needs its unit; did you mean '5s'?"),
    Case(
      "drain: { delay: 5sec }",
      "8:17: error: 'delay' is '5sec'; expected a duration such as 500ms, 2s, 1m or 1h; did you mean '5s'?"),
    Case(
      "drain: { delay: 5 min }",
      "8:17: error: 'delay' is '5 min'; expected a duration such as 500ms, 2s, 1m or 1h; did you mean '5m'?"),
    Case("drain: { delay: 5000h }", "8:17: error: 'delay' is '5000h': it must be from 0s to 1h"),
    Case("drain: { delay: 99999999999999999h }", "8:17: error: 'delay' is '99999999999999999h': it is too long"),
    Case("drain: { delay: -5s }", "8:17: error: 'delay' is '-5s'; expected a duration such as 500ms, 2s, 1m or 1h"),
    Case(
      "receiveBuffer: 256k",
      "8:16: error: 'receiveBuffer' is '256k'; expected a size such as 64KiB, 1MiB or 512 (bytes); did you mean '256KiB'?"
    ),
    Case("receiveBuffer: 1KiB", "8:16: error: 'receiveBuffer' is '1KiB': it must be from 4KiB to 64MiB"),
    Case(
      "name: 1st",
      "8:7: error: 'name' is '1st': a name begins with a letter and has letters, digits, '-', '_' and '.', 64 at most"),
    Case(
      "secretHeaders: [X Y]",
      "8:17: error: 'secretHeaders[0]' is 'X Y': it is not a header name: letters, digits and '-' only"),
    Case(
      "secretHeaders: X",
      "8:16: error: 'secretHeaders' is 'X'; expected a list, each item a header name such as X-Api-Key"),
    Case(
      "trusted: { proxies: [10.0.0.1/8] }",
      "8:22: error: 'proxies[0]' is '10.0.0.1/8': it has bits beyond its prefix; a block begins at its first address; did you mean '10.0.0.0/8'?"
    ),
    Case(
      "trusted: { proxies: [10.0.0.0/33] }",
      "8:22: error: 'proxies[0]' is '10.0.0.0/33': what follows '/' is not a number of leading bits, 0...32 or for IPv6 0...128"
    ),
    Case(
      "trusted: { detail: [localhost] }",
      "8:21: error: 'detail[0]' is 'localhost'; expected an IP address, a block such as 10.0.0.0/8, or unix"),
    Case(
      "resolver: { servers: [dns.test] }",
      "8:23: error: 'servers[0]' is 'dns.test': a DNS server is named by its IP address, with or without a port"),
    Case(
      "accessLog: {}",
      "8:12: error: 'path' is missing in 'accessLog'; it is a file such as access.log, or '-' for standard output"),
    Case("accessLog: { path: '-', query: all }", "8:32: error: 'query' is 'all'; expected names or full"),
    Case(
      "accessLog: { path: '-', query: ful }",
      "8:32: error: 'query' is 'ful'; expected names or full; did you mean 'full'?"),
    Case(
      "errorPages: { contact: ops@example.com }",
      "8:24: error: 'contact' is 'ops@example.com': it begins with mailto: or https://; did you mean 'mailto:ops@example.com'?"
    ),
    Case(
      "errorPages: { contact: 'https://a/\">' }",
      "8:24: error: 'contact' is 'https://a/\">': it has a character that a URL cannot have"),
    Case(
      "errorPages: { guide: example.com/guide }",
      "8:22: error: 'guide' is 'example.com/guide': it begins with https://; did you mean 'https://example.com/guide'?"),
    Case(
      "errorPages: { guide: 'https://a.test/g?x=1' }",
      "8:22: error: 'guide' is 'https://a.test/g?x=1': names of pages are added to it, so it has no '?' and no '#'; "
        + "did you mean 'https://a.test/g'?"),
  ])
  func keysOfTheFile(_ test: Case) {
    #expect(diagnose(valid + test.text) == test.diagnostics)
  }

  @Test(arguments: [
    Case(":8080", "write '0.0.0.0' or '[::]' for every address; did you mean '0.0.0.0:8080'?"),
    Case("127.0.0.1", "it has no port"),
    Case("127.0.0.1:65536", "its port is not within 0...65535"),
    Case("127.0.0.1:http", "its port is not a number"),
    Case("127.0.0.256:80", "its host is not an IPv4 address"),
    Case("'::1:80'", "an IPv6 address stands in brackets; did you mean '[::1]:80'?"),
    Case("'[::x]:80'", "what stands in brackets is not an IPv6 address"),
    Case("http://127.0.0.1:80", "an address to listen on has no scheme; did you mean '127.0.0.1:80'?"),
    Case("unix:sock", "the path of a Unix socket is absolute; did you mean 'unix:/sock'?"),
    Case("unix:/\(String(repeating: "x", count: 103))", "the path of a Unix socket has at most 103 bytes"),
    Case(
      "a_b!:80", "its host is neither an address nor a host name (letters, digits and '-', at most 63 between two dots)"
    ),
  ])
  func listenerAddresses(_ test: Case) throws {
    let text = valid.replacing("127.0.0.1:8080", with: test.text)
    let written = test.text.filter { $0 != "'" }
    let shown = written.count > 60 ? "\(written.prefix(60))…" : written
    #expect(diagnose(text) == ["2:14: error: 'address' is '\(shown)': \(test.diagnostics[0])"])
  }

  @Test(arguments: [
    Case("127.0.0.1:3000", "it has no scheme; did you mean 'http://127.0.0.1:3000'?"),
    Case("h2c://a.test", "HTTP/2 endpoints are not supported yet; use http, https or unix"),
    Case("ftp://a.test", "the scheme of an endpoint is http, https or unix"),
    Case("wss://a.test", "the scheme of an endpoint is http, https or unix; did you mean 'https://a.test'?"),
    Case("https://::1", "an IPv6 address stands in brackets; did you mean 'https://[::1]'?"),
    Case(
      "http://a.test/x",
      "an endpoint is where to connect to and has no path; the request's own is used, without the "
        + "route's 'path' where that has 'stripPrefix'; did you mean 'http://a.test'?"),
    Case(
      "http://a.test?x",
      "an endpoint is where to connect to and has no query; the request's own is used, without the "
        + "route's 'path' where that has 'stripPrefix'; did you mean 'http://a.test'?"),
    Case("http://u:p@a.test", "an endpoint has no user and password; use 'requestHeaders' of a route"),
    Case("http://a.test:0", "its port is not within 1...65535"),
    Case("http://", "it has no host"),
    Case("http://::1", "an IPv6 address stands in brackets; did you mean 'http://[::1]'?"),
  ])
  func endpoints(_ test: Case) {
    let text = valid.replacing("http://127.0.0.1:3000", with: test.text)
    #expect(diagnose(text) == ["6:9: error: 'endpoints[0]' is '\(test.text)': \(test.diagnostics[0])"])
  }

  @Test(arguments: [
    Case("health: {}", "7:13: error: 'health' needs a 'path' to ask for, 'grpc', or 'tcp: true' to connect only"),
    Case(
      "health: { grpc: a.B }",
      "7:21: error: 'grpc' needs HTTP/2, which is spoken to 'https' endpoints, or with 'protocol: http2'"),
    Case(
      "health: { path: /h, timeout: 5s }",
      "7:34: error: 'timeout' (5s) must be less than 'interval' (5s): a check ends before the next begins"),
    Case(
      "health: { path: /h, interval: 500ms }",
      "7:35: error: 'timeout' (1s) must be less than 'interval' (500ms): a check ends before the next begins"),
    Case(
      "health: { tcp: true, path: /h, statuses: [200] }",
      "7:32: error: 'path' is not used with 'tcp: true', which asks for nothing",
      "7:46: error: 'statuses' is not used with 'tcp: true', which asks for nothing"),
    Case(
      "health: { path: healthz }", "7:21: error: 'path' is 'healthz': a path begins with '/'; did you mean '/healthz'?"),
    Case(
      "health: { path: '/a b' }",
      "7:21: error: 'path' is '/a b': a path has no spaces, no fragment, and encodes what is not ASCII"),
    Case(
      "health: { path: /h, host: 'a b' }", "7:31: error: 'host' is 'a b'; expected a host such as app.internal"),
    Case(
      "health: { path: /h, statuses: [100, 300-200, ok] }",
      "7:36: error: 'statuses[0]' is '100': it must be from 200 to 599",
      "7:41: error: 'statuses[1]' is '300-200': its end is less than its beginning",
      "7:50: error: 'statuses[2]' is 'ok'; expected a status such as 200, or a range such as 200-299"),
    Case("ejection: { time: 1m }", "7:23: error: 'time' (60s) is more than 'timeMax' (30s)"),
    Case(
      "ejection: { share: 0% }", "7:24: warning: with 'share: 0%' nobody is left out; 'ejection: off' says so"),
    Case(
      "panic: no", "7:12: error: 'panic' is 'no'; expected on or off; did you mean 'on'?"),
    Case(
      "balance: leastConn",
      "7:14: error: 'balance' is 'leastConn'; expected leastRequest, roundRobin, peakEWMA, random or consistentHash"),
    Case(
      "balance: roundrobin",
      "7:14: error: 'balance' is 'roundrobin'; expected leastRequest, roundRobin, peakEWMA, random or consistentHash; did you mean 'roundRobin'?"
    ),
    Case("hashOn: path", "7:13: error: 'hashOn' needs 'balance: consistentHash'"),
    Case("sticky: {}", "7:13: error: 'cookie' is missing in 'sticky'; it is a cookie's name such as sluice"),
    Case("retry: { attempts: 11 }", "7:24: error: 'attempts' is '11': it must be from 1 to 10"),
    Case(
      "retry: { budget: 0.2 }", "7:22: error: 'budget' is '0.2'; expected a percentage such as 20%; did you mean '20%'?"
    ),
    Case("retry: { budget: 120% }", "7:22: error: 'budget' is '120%': it must be from 0% to 100%"),
    Case(
      "timeouts: { poolIdle: 60s }",
      "7:27: warning: 'poolIdle' is 60s, but many servers close idle connections after 5s (Node.js) or less; keep it below the upstream's own time"
    ),
    Case(
      "timeouts: { queue: 2s, request: 2s }",
      "7:24: error: 'queue' (2s) must be less than 'request' (2s, line 7), which counts the waiting too"),
    Case(
      "timeouts: { connect: 9s, request: 8s }",
      "7:26: warning: 'connect' (9s) is never reached: 'request' ends all attempts after 8s (line 7)"),
    Case(
      "limits: { connections: 10, requests: 20 }",
      "7:42: warning: 'requests' (20) is never reached: each request needs one of the 10 'connections' (line 7)"),
    Case("log: 'journal:'", "7:10: error: 'log' is 'journal:': what follows 'journal:' is not the name of a unit"),
  ])
  func keysOfAnUpstream(_ test: Case) {
    #expect(diagnose(valid.replacing("# the end", with: "    \(test.text)")) == test.diagnostics)
  }

  @Test func sameEndpointTwice() {
    let text = valid.replacing("# the end", with: "      - HTTP://127.0.0.1:3000/")
    #expect(
      diagnose(text) == [
        "7:9: warning: this endpoint is listed already, line 6; use 'weight' to give it more requests"
      ])
  }

  @Test func noEndpointWithAWeight() {
    let text = valid.replacing("- http://127.0.0.1:3000", with: "- { url: http://127.0.0.1:3000, weight: 0 }")
    #expect(diagnose(text) == ["6:7: error: every endpoint has 'weight: 0', so none would get a request"])
  }

  @Test func sameListenerTwiceInTwoSpellings() {
    let text = valid.replacing("127.0.0.1:8080", with: "'[::1]:80'\n  - address: '[0:0::1]:80'")
    #expect(diagnose(text) == ["3:14: error: '[::1]:80' is listened on already, line 2"])
  }

  @Test func twoPortsChosenByTheSystemAreTwoAddresses() throws {
    let text = valid.replacing("127.0.0.1:8080", with: "127.0.0.1:0\n  - address: 127.0.0.1:0")
    #expect(try configure(text).listeners.count == 2)
  }

  @Test func aLineLimitAboveTheHeadLimit() {
    let text = valid.replacing("127.0.0.1:8080", with: "127.0.0.1:8080\n    limits: { head: 8KiB, field: 9KiB }")
    #expect(diagnose(text) == ["3:34: error: 'field' (9KiB) is more than the whole 'head' (8KiB)"])
  }

  @Test func severalMistakesAreToldAtOnceInTheOrderOfTheFile() {
    let text = """
      name: 7
      listeners:
        - address: nowhere
          timeouts: { head: 15, idel: 3s }
        - adress: 127.0.0.1:1
      routes:
        - host: *.example.com
          upstream: apii
      upstreams:
        api:
          endpoints: [h2c://a.test]
          ballance: random
      admin: {}
      """
    let places = diagnose(text).map { $0.prefix { $0 != " " } }
    #expect(
      places == ["1:7:", "3:14:", "4:23:", "4:27:", "5:5:", "7:11:", "8:15:", "11:17:", "12:5:", "13:8:"])
  }

  @Test func moreThanAHundredAreCounted() {
    let lines = (1...150).map { "zzz\($0): 1" }.joined(separator: "\n")
    let diagnostics = diagnose(valid + lines)
    #expect(diagnostics.count == 101)
    #expect(diagnostics.last == "error: 50 more were found and not listed")
  }

  @Test func theCaretStandsUnderThePlace() {
    let one = ConfigurationLoader.load(text: valid + "  # x\nworkers:  ü", file: "sluice.yaml", environment: [:])
    #expect(
      one.diagnostics.map(\.rendered) == [
        """
        sluice.yaml:9:11: error: 'workers' is 'ü'; expected a whole number such as 2
         9 | workers:  ü
           |           ^
        """
      ])
  }

  @Test func controlCharactersOfAFileStayOutOfATerminal() {
    let diagnostics = ConfigurationLoader.load(
      text: valid + "\"\\e[31m\\u202e\": 1", file: "f", environment: [:]
    ).diagnostics
    #expect(diagnostics.count == 1)
    #expect(diagnostics.allSatisfy { !$0.rendered.unicodeScalars.contains("\u{1B}") })
    #expect(diagnostics.allSatisfy { !$0.rendered.unicodeScalars.contains("\u{202E}") })
  }
}
