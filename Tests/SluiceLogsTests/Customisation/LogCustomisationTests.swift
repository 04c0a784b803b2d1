import Foundation
import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("A user's formats and signatures")
struct LogCustomisationTests {
  private func table(_ text: String) throws -> LogFormatTable {
    LogFormatTable(try LogCustomisation(parsing: text, file: "mine.yaml"))
  }

  private func mistakes(_ text: String) -> [String] {
    do {
      _ = try LogCustomisation(parsing: text, file: "mine.yaml")
      return []
    } catch {
      return error.mistakes.map(\.text)
    }
  }

  @Test("nginx' own log_format reads its lines as those of nginx")
  func nginx() throws {
    let table = try table(
      """
      formats:
        - name: edge
          nginx: '$msec|$remote_addr|$request_method $scheme://$host$request_uri|$status|$upstream_status|\
      $upstream_addr|$request_time|${upstream_response_time}'
      """)
    let line = try #require(
      table.recognise(
        "1795723200.123|198.51.100.7|GET https://shop.example.com/v1/x?id=7|502|502|10.0.0.1:80|0.004|0.003"))
    #expect(line.format == "edge")
    #expect(!line.isOrdinary)
    let entry = try #require(line.entry)
    #expect(entry.product == .nginx)
    #expect(entry.time == 1_795_723_200_123)
    #expect(entry.endpoint == "10.0.0.1:80")
    #expect(entry.upstreamStatus == 502)
    #expect(entry.totalTime == 4)
    #expect(entry.method == "GET")
    #expect(entry.conclusion?.signature.hasPrefix("N") == true)
    let well = "1795723200.123|198.51.100.7|GET https://shop.example.com/|200|200|10.0.0.1:80|0.004|0.003"
    #expect(try #require(table.recognise(well)).isOrdinary)
    #expect(table.recognise("1795723200.123|198.51.100.7|GET https://a/|abc|200|10.0.0.1:80|0.004|0.003") == nil)
  }

  @Test("httpd's own LogFormat")
  func httpd() throws {
    let table = try table(
      #"""
      formats:
        - name: web
          httpd: '%v;%h;%t;\"%r\";%>s;%b;%D;%{Referer}i;%{ms}T;%%'
      """#)
    let line = #"shop.example.com;198.51.100.7;[26/Nov/2026:20:00:00 +0000];"GET /v1/x HTTP/1.1";503;299;"#
    let entry = try #require(table.recognise("\(line)120000;-;120;%")?.entry)
    #expect(entry.product == .httpd)
    #expect(entry.status == 503)
    #expect(entry.client == "198.51.100.7")
    #expect(entry.path == "/v1/x")
    #expect(entry.time.map { $0 / 1000 } == 1_795_723_200)
  }

  @Test(
    "HAProxy's own log-format, with what was captured and without",
    arguments: ["{a} {b} ", "{a} ", ""])
  func haproxy(captures: String) throws {
    let table = try table(
      """
      formats:
        - name: lb
          haproxy: '%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc %ac/%fc/%bc/%sc/%rc %sq/%bq \
          %hr %hs %{+Q}r %[bc_err]'
      """)
    let line = try #require(
      table.recognise(
        "198.51.100.7:5000 [26/Nov/2026:20:00:00.123] web~ shop/s1 0/0/-1/-1/3 503 217 - - SC-- 1/1/0/0/3 0/0 "
          + "\(captures)\"GET /v1/x HTTP/1.1\" 111"))
    #expect(line.format.hasPrefix("lb"))
    let entry = try #require(line.entry)
    #expect(entry.product == .haproxy)
    #expect(entry.endpoint == "s1")
    #expect(entry.upstream == "shop")
    #expect(entry.status == 503)
    #expect(entry.path == "/v1/x")
    #expect(entry.conclusion?.cause == .connectRefused)
  }

  @Test("what HAProxy captured may be there or not, whatever stands beside it")
  func captures() throws {
    let table = try table("formats: [{name: lb, haproxy: '%ci %hr %hs %ST'}]")
    for captures in ["{a} {b} ", "{a} ", ""] {
      let line = try #require(table.recognise("198.51.100.7 \(captures)503"))
      #expect(line.entry?.client == "198.51.100.7")
      #expect(line.entry?.status == 503)
    }
  }

  @Test("fields may be empty, except the time and the status")
  func empty() throws {
    let table = try table("formats: [{name: edge, nginx: '$time_iso8601|$status|$upstream_addr|$request_time'}]")
    #expect(table.recognise("2026-11-26T20:00:00Z|502||0.1")?.format == "edge")
    #expect(table.recognise("|502|10.0.0.1:80|0.1") == nil)
    #expect(table.recognise("2026-11-26T20:00:00Z||10.0.0.1:80|0.1") == nil)
  }

  @Test("Envoy's own format")
  func envoy() throws {
    let table = try table(
      """
      formats:
        - name: mesh
          envoy: '%START_TIME% %REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH):200% %RESPONSE_CODE% \
      %RESPONSE_FLAGS% %RESPONSE_CODE_DETAILS% %UPSTREAM_CLUSTER% %DURATION% 100%%\\n'
      """)
    let entry = try #require(
      table.recognise("2026-11-26T20:00:00.000Z GET /v1/x 504 UT upstream_response_timeout shop 15000 100%")?.entry)
    #expect(entry.product == .envoy)
    #expect(entry.conclusion?.signature == "E15")
    #expect(entry.upstream == "shop")
    #expect(entry.time == 1_795_723_215_000)
  }

  @Test("templates and JSON, with signatures that name their fields")
  func own() throws {
    let table = try table(
      """
      formats:
        - name: gate
          template: '{time} {level} [{client}] {message}'
        - name: gate-access
          product: pingora
          unit: seconds
          time: milliseconds
          json: {t: time, http.status: status, http.path: path, took: totalTime, up: endpoint, err: errorText}
      signatures:
        - id: mine-1
          format: gate
          when: {message: [socket vanished, socket is gone], level: ERROR}
          cause: closed_before_response
          or: [stale_keepalive]
          who: application
          note: The pool of the shop.
        - id: mine-2
          format: gate
          when: {message: {starts: reloaded}}
          event: proxy_reloaded
        - id: mine-3
          product: pingora
          when: {status: [404], errorText: no tenant}
          cause: route_not_found
        - id: mine-4
          format: gate-access
          when: {status: {from: 500, to: 599}, path: {none: [/v1]}, endpoint: {missing: true}}
          ignore: true
      """)
    let failure = try #require(
      table.recognise("2026-11-26T20:00:00Z ERROR [198.51.100.7:80] the socket is gone")?.entry)
    #expect(failure.kind == .failure)
    #expect(failure.client == "198.51.100.7")
    #expect(
      failure.conclusion
        == LineConclusion(
          signature: "mine-1", cause: .closedBeforeResponse, alternatives: [.staleKeepalive], who: .application,
          sure: .likely, note: "The pool of the shop."))
    #expect(EntryAnswer(failure, file: "gate.log").note == "The pool of the shop.")
    #expect(table.recognise("2026-11-26T20:00:00Z INFO [a] reloaded 3")?.entry?.event?.kind == .proxyReloaded)
    #expect(table.recognise("2026-11-26T20:00:00Z WARN [a] the socket is gone")?.entry?.conclusion == nil)
    let missing = #"{"t":1795723200123,"http":{"status":404,"path":"/x"},"took":0.25,"err":"no tenant x"}"#
    let line = try #require(table.recognise(missing))
    #expect(line.format == "gate-access")
    #expect(!line.isOrdinary)
    #expect(line.entry?.conclusion?.cause == .routeNotFound)
    #expect(line.entry?.totalTime == 250)
    #expect(line.entry?.time == 1_795_723_200_123)
    let well = #"{"t":1795723200123,"http":{"status":200,"path":"/x"},"took":0.25}"#
    #expect(try #require(table.recognise(well)).isOrdinary)
    let ignored = #"{"t":1795723200123,"http":{"status":503,"path":"/x"}}"#
    #expect(table.recognise(ignored)?.entry?.conclusion == nil)
    let kept = #"{"t":1795723200123,"http":{"status":503,"path":"/v1/x"}}"#
    #expect(table.recognise(kept)?.entry?.conclusion?.signature == "U3")
  }

  @Test("a list of nginx' that stands without quotes is whole, whatever ends it")
  func lists() throws {
    let table = try table(
      "formats: [{name: edge, nginx: '$upstream_addr $status $upstream_status $upstream_response_length x'}]")
    let entry = try #require(
      table.recognise("10.0.0.1:80, 10.0.0.2:80 : 10.0.0.3:80 504 502, 502 : 504 0, 0 : 0 x")?.entry)
    #expect(entry.attempts.map(\.endpoint) == ["10.0.0.1:80", "10.0.0.2:80", "10.0.0.3:80"])
    #expect(entry.attempts.map(\.status) == [502, 502, 504])
    #expect(entry.status == 504 && entry.endpoint == "10.0.0.3:80")
    #expect(table.recognise("10.0.0.1:80 200 200 12 x")?.entry?.status == 200)
    let commas = try self.table("formats: [{name: edge, nginx: '$upstream_addr,$upstream_status,$status'}]")
    #expect(commas.recognise("10.0.0.1:80, 10.0.0.2:80,502, 200,200")?.entry?.attempts.map(\.status) == [502, 200])
  }

  @Test("a row asks for the path and the method of a request line, and what it ignores is no failure")
  func requestParts() throws {
    let table = try table(
      """
      signatures:
        - id: planned
          when: {status: ['503'], path: {starts: /maintenance}, method: GET}
          ignore: true
      """)
    func line(_ request: String) -> String {
      "192.0.2.7 - - [26/Nov/2026:20:53:08 +0000] \"\(request)\" 503 157 \"-\" \"curl\" rt=0.1"
    }
    let planned = try #require(table.recognise(line("GET /maintenance/x HTTP/1.1"))?.entry)
    #expect(planned.isDismissed && !planned.tellsFailure)
    let other = try #require(table.recognise(line("GET /shop HTTP/1.1"))?.entry)
    #expect(!other.isDismissed && other.tellsFailure)
  }

  @Test(
    "the file that docs/LOGS.md shows reads the lines that it is for",
    arguments: [
      (
        "edge",
        #"198.51.100.7 [26/Nov/2026:20:00:00 +0000] "GET /a HTTP/1.1" 502 10.0.0.1:80, 10.0.0.2:80 502, 502 "#
          + "0.001, 0.001",
        "N95"
      ),
      ("edge", #"198.51.100.7 [26/Nov/2026:20:00:00 +0000] "GET /maintenance HTTP/1.1" 503 - - -"#, nil),
      (
        "web", #"shop.example 198.51.100.7 [26/Nov/2026:20:00:00 +0000] "GET /a HTTP/1.1" 503 299 120000"#, "A71"
      ),
      (
        "balancer",
        "198.51.100.7:5000 [26/Nov/2026:20:00:00.123] web~ shop/s1 0/0/-1/-1/3 503 217 SC-- 3 "
          + #""GET /v1/x HTTP/1.1" 111"#, "H01"
      ),
      ("mesh", "[2026-11-26T20:00:00.000Z] GET /v1/x 504 UT upstream_response_timeout", "E15"),
      ("gate", "2026-11-26T20:00:00Z ERROR [198.51.100.7] the socket is gone", "gate-gone"),
      ("gate", "2026-11-26T20:00:00Z INFO [main] reloaded 3 routes", nil),
      (
        "gate-access",
        #"{"t":"2026-11-26T20:00:00Z","http":{"status":502,"path":"/x"},"took":0.25,"upstream":"10.0.0.1:80"}"#, "U3"
      ),
    ] as [(String, String, String?)])
  func documented(format: String, line: String, signature: String?) throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let root = tests.deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(contentsOf: root.appendingPathComponent("docs/LOGS.md"), encoding: .utf8)
    let block = try #require(page.components(separatedBy: "```yaml\n").dropFirst().first)
    let table = try table(try #require(block.components(separatedBy: "\n```").first))
    let recognised = try #require(table.recognise(line))
    #expect(recognised.format == format)
    let entry = try #require(recognised.entry)
    #expect(entry.conclusion?.signature == signature)
    if signature == nil { #expect(entry.isDismissed || entry.event?.kind == .proxyReloaded) }
    #expect(entry.time.map { $0 / 1000 } == 1_795_723_200)
  }

  @Test("a row for a product is asked before those that are built in")
  func builtIn() throws {
    let table = try table(
      """
      signatures:
        - id: mine
          product: caddy
          when: {message: 'connect: connection refused'}
          cause: all_draining
          sure: likely
      """)
    let text = """
      {"level":"error","ts":1795726567.1,"logger":"http.log.error","msg":"dial tcp 127.0.0.1:9: connect: connection \
      refused","status":502}
      """
    let entry = try #require(table.recognise(text)?.entry)
    #expect(entry.kind == .failure)
    #expect(entry.status == 502)
    #expect(entry.conclusion?.signature == "mine")
    #expect(entry.conclusion?.cause == .allDraining)
    #expect(entry.conclusion?.sure == .likely)
  }

  @Test("all mistakes are told at once, each with its place and what was meant")
  func allAtOnce() {
    #expect(
      mistakes(
        """
        formats:
          - name: a
            nginz: '$status'
          - template: '{statsu} {path}'
          - name: caddy-json
            json: {s: status, p: pth}
          - name: b
            nginx: '$status$request'
            time: yesterday
        signatures:
          - id: 1
            when: {mesage: x}
            cause: conect_refused
          - id: 1
            when: {message: x, status: {from: 9, to: 5}}
            product: ngin
            event: exploded
            who: nobody
            sur: certain
          - when: []
        rules: []
        """) == [
          "mine.yaml:2:5: a format needs one of 'nginx', 'httpd', 'haproxy', 'envoy', 'template' and 'json'",
          "mine.yaml:3:5: unknown key 'nginz'; did you mean 'nginx'?",
          "mine.yaml:4:5: the format has no 'name'",
          "mine.yaml:4:15: no field is called “statsu”; did you mean 'status'?",
          "mine.yaml:5:11: there is another format with the name 'caddy-json'",
          "mine.yaml:6:26: unknown field 'pth'; did you mean 'path'?",
          "mine.yaml:8:12: nothing stands between {status} and the part beside it, so nobody knows where one of them "
            + "ends",
          "mine.yaml:9:11: unknown time 'yesterday': it is one of common, iso, slashes, ctime, syslog, seconds, "
            + "milliseconds, microseconds, any",
          "mine.yaml:12:12: unknown field 'mesage'; did you mean 'message'?",
          "mine.yaml:13:12: unknown cause 'conect_refused'; did you mean 'connect_refused'?",
          "mine.yaml:15:32: 'from' is larger than 'to'",
          "mine.yaml:16:14: unknown product 'ngin'; did you mean 'nginx'?",
          "mine.yaml:17:12: unknown event 'exploded': it is one of endpoint_down, endpoint_up, check_failed, "
            + "no_endpoint_left, retried, proxy_started, proxy_reloaded, proxy_stopping, proxy_crashed, limit_reached, "
            + "changed",
          "mine.yaml:18:10: unknown who 'nobody': it is one of client, gateway, configuration, network, machine, "
            + "application, dependency, deploy, unknown",
          "mine.yaml:19:5: unknown key 'sur'; did you mean 'sure'?",
          "mine.yaml:20:5: the signature has no 'id'",
          "mine.yaml:20:5: the signature needs a 'cause', an 'event' or 'ignore: true'",
          "mine.yaml:20:11: when must be a mapping", "mine.yaml:21:1: unknown key 'rules'",
        ])
  }

  @Test(
    "what is no file of this kind says so",
    arguments: [
      ("", "mine.yaml: the file is empty; it needs 'formats' or 'signatures'"),
      ("[]", "mine.yaml:1:1: the file must be a mapping"),
      ("formats: 3", "mine.yaml:1:10: formats must be a list"),
      ("formats: [a]", "mine.yaml:1:11: a format must be a mapping"),
      (
        "formats: [{name: a, template: '{status}', json: {s: status}}]",
        "mine.yaml:1:11: a format has one description of its lines, and 'template' and 'json' are given: leave one"
      ),
      ("a: 1\na: 2", "mine.yaml:1:1: key 'a' stands more than once in this mapping"),
    ])
  func noFile(text: String, mistake: String) {
    #expect(mistakes(text) == [mistake])
  }

  @Test("text that is no YAML is told with its place")
  func noYAML() throws {
    let mistake = try #require(mistakes("formats: [\n  {name: 'a}").first)
    #expect(mistake.hasPrefix("mine.yaml:"))
    #expect(mistake.contains("the file is not YAML"))
    #expect(
      mistakes(String(repeating: "a", count: LogCustomisation.bytesMax + 1)) == [
        "mine.yaml: the file is larger than 1 MiB"
      ])
  }

  @Test(
    "strings that end too early are no formats",
    arguments: [
      ("nginx", "$"), ("nginx", "${status"), ("nginx", "nothing"), ("httpd", "%"), ("httpd", "%{Referer"),
      ("haproxy", "%"), ("haproxy", "%{+Q"), ("haproxy", "%[src"), ("envoy", "%"), ("envoy", "%REQ(:PATH"),
      ("envoy", "%RESPONSE_CODE"), ("template", "{"), ("template", "}"),
    ])
  func early(kind: String, text: String) {
    #expect(mistakes("formats: [{name: a, \(kind): '\(text)'}]").count == 1)
  }
}
