import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("Redaction")
struct RedactionTests {
  @Test(
    "addresses, names, paths and queries are replaced, and nothing else",
    arguments: [
      (
        "10.1.2.3 - bob [26/Nov/2026:20:00:00 +0000] \"GET /users/42?token=abc HTTP/1.1\" 502 157 \"https://shop.example/cart\"",
        "address-1 - user-1 [26/Nov/2026:20:00:00 +0000] \"GET /path-1?... HTTP/1.1\" 502 157 \"https://host-1/path-2\""
      ),
      (
        "connect() failed (111: Connection refused), client: 2001:db8::7, server: api.example, upstream: \"http://10.0.0.5:3000/x\", host: \"api.example:80\"",
        "connect() failed (111: Connection refused), client: address-1, server: host-1, upstream: \"http://address-2:3000/path-1\", host: \"host-1:80\""
      ),
      (
        "10.0.0.9:3312 [26/Nov/2026:20:00:00.123] www api/app2 0/0/3/242/688 200 276 - - ---- 13/63/1/7/0 0/0 \"GET / HTTP/1.1\"",
        "address-1:3312 [26/Nov/2026:20:00:00.123] www api/app2 0/0/3/242/688 200 276 - - ---- 13/63/1/7/0 0/0 \"GET / HTTP/1.1\""
      ),
      (
        "at 20:14:02 127.0.0.1:80 and ::1 of version 1.2.3.4.5", "at 20:14:02 127.0.0.1:80 and ::1 of version 1.2.3.4.5"
      ),
      ("::ffff:10.0.0.7 asked", "address-1 asked"), ("", ""),
      ("GET /search?filter[name]=john@x&token=s3cret HTTP/1.1", "GET /path-1?... HTTP/1.1"),
      ("GET /a'b(c)?x=)y]z'&token=s3cret HTTP/1.1", "GET /path-1?... HTTP/1.1"),
      ("(see /a?x=1) then [/b?y=2] and '/c?z=3'.", "(see /path-1?...) then [/path-2?...] and '/path-3?...'."),
      ("GET //a?token=s3cret HTTP/1.1", "GET /path-1?... HTTP/1.1"),
      ("{\"uri\":\"/a?b=1\\u0026token=s3cret\"}", "{\"uri\":\"/path-1?...\"}"),
      ("\"GET /a?b=\\\"x&token=s3cret HTTP/1.1\" 502", "\"GET /path-1?... HTTP/1.1\" 502"),
      ("{\"log\":\"path=\\\"/a?b=1\\\" 502\"}", "{\"log\":\"path=\\\"/path-1?...\\\" 502\"}"),
      ("GET shop.example/cart?token=s3cret -> api", "GET shop.example/path-1?... -> api"),
      ("http://u:pw9@intranet.corp/x failed", "http://host-1/path-1 failed"),
      ("http://10.0.0.1:pw9@intranet.corp:80/x", "http://host-1/path-1"),
      ("On 2001:db8:1:2:3:4:5:6: is it 2001:db8::7: or ::1?", "On address-1: is it address-2: or ::1?"),
      ("at [2001:db8:1111:2222:3333:4444:5… 20:14:02", "at [address-1 20:14:02"),
      ("from 20:14:0… to 10.0.0… and 10.0.0.12…", "from 20:14:0… to address-1 and address-2"),
    ])
  func replaced(text: String, expected: String) {
    var redaction = Redaction()
    #expect(redaction.text(text) == expected)
  }

  @Test("a host's name is replaced wherever it stands, whatever it names in the report")
  func hosts() throws {
    var report = try ReportFixture.report()
    report.causes = []
    report.problems[0].place = "shop.example.com"
    report.problems[0].story[0].sentence = "shop.example.com:443 refused connections, as shop.example.com."
    report.problems[0].concentrations[0] = Concentration(
      kind: .route, value: "shop.example.com", count: 1, share: 1, requestShare: nil)
    report.problems[0].samples[0].text = "shop.example.com:443 - - myshop.example.com"
    var redaction = Redaction()
    let problem = report.redacted(by: &redaction).problems[0]
    #expect(problem.place == "host-1")
    #expect(problem.story[0].sentence == "host-1:443 refused connections, as host-1.")
    #expect(problem.concentrations[0].value == "host-1")
    #expect(problem.samples[0].text == "host-1:443 - - myshop.example.com")
  }

  @Test("a line's route is one, too, and names of upstreams that are none stay")
  func lines() throws {
    let line =
      #"2026/11/26 20:00:00 [error] 7#7: *1 no live upstreams while connecting to upstream, client: 192.0.2.7, "#
      + #"server: shop.example.com, request: "GET /a HTTP/1.1", upstream: "http://api/a", host: "shop.example.com""#
    var redaction = Redaction()
    let entry = try #require(LogFormatTable.standard.entry(ofLine: line))
    let answer = EntryAnswer(entry, file: "error.log").redacted(by: &redaction)
    #expect(answer.route == "host-1" && answer.upstream == "api" && answer.host == "host-1")
  }

  @Test("the same value keeps its name through a run")
  func stable() {
    var redaction = Redaction()
    #expect(redaction.text("10.0.0.1 10.0.0.2 10.0.0.1") == "address-1 address-2 address-1")
    #expect(redaction.text("10.0.0.2") == "address-2")
  }
}
