import SluiceGuide
import SluiceLogs
import TestSupport
import Testing

@testable import sluice

@Suite("What a whole line of a log leads to")
struct LineLookupTests {
  @Test(
    "to the cause that is read from it, and not to what its words are like",
    arguments: [
      (
        "2026/11/26 20:14:02 [error] 7#7: *1 upstream timed out (110: Connection timed out) while reading response "
          + "header from upstream, client: 10.0.0.1, server: a, request: \"GET /v1 HTTP/1.1\", "
          + "upstream: \"http://10.0.0.2:3000/v1\", host: \"a\"",
        "nginx", "response_header_timeout"
      ),
      (
        "[Fri Nov 27 10:00:00.000000 2026] [proxy:error] [pid 7:tid 8] (111)Connection refused: AH00957: HTTP: attempt to "
          + "connect to 127.0.0.1:3000 (127.0.0.1) failed", "Apache httpd", "connect_refused"
      ),
      (
        "Nov 26 20:14:02 gw haproxy[7]: 10.0.0.1:5000 [26/Nov/2026:20:14:02.000] web api/a 0/0/-1/-1/1 503 217 - - SC-- "
          + "1/1/0/0/3 0/0 \"GET /v1 HTTP/1.1\"", "HAProxy", "connect_refused"
      ),
    ])
  func lines(_ text: String, _ product: String, _ cause: String) throws {
    let line = try #require(LineLookup(text))
    #expect(line.product.title == product && line.pages.first?.name == cause, "\(line)")
  }

  @Test("a line of an access log leads to its status", arguments: [200, 404, 502])
  func access(_ status: Int) throws {
    let line = try #require(
      LineLookup("10.0.0.1 - - [26/Nov/2026:20:14:02 +0000] \"GET /v1 HTTP/1.1\" \(status) 12 \"-\" \"curl/8.5.0\""))
    #expect(line.pages.first == .status(status), "\(line)")
  }

  @Test(
    "pieces of lines are left to the guide", arguments: ["upstream prematurely closed", "502 Bad Gateway", "SC--", ""])
  func pieces(_ text: String) { #expect(LineLookup(text) == nil) }

  @Test("an incident's ID leads to the command that explains it")
  func incident() async throws {
    let run = try await CommandRun(["explain", Fixtures.ids[0].lowercased()])
    #expect(run.status == 1 && run.errors.contains("sluice why \(Fixtures.ids[0])"), "\(run.errors)")
  }
}
