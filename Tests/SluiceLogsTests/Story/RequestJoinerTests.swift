import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("Lines of one request")
struct RequestJoinerTests {
  private func joined(_ entries: [LogEntry]) -> [FailedRequest] {
    var joiner = RequestJoiner()
    return entries.flatMap { joiner.take($0) } + joiner.finish()
  }

  @Test("an error line and the access line are one failure, in either order", arguments: [true, false])
  func two(errorFirst: Bool) throws {
    let error = Made.error(.connectRefused, at: 5)
    let access = Made.access(502, at: 5.4) { $0.totalTime = 3 }
    let failures = joined(errorFirst ? [error, access] : [access, error])
    #expect(failures.count == 1)
    let failure = try #require(failures.first)
    #expect(failure.cause == .connectRefused && failure.status == 502 && failure.totalTime == 3)
    #expect(failure.endpoint == "10.0.0.1:80" && failure.hasEnd && !failure.isSaved)
    #expect(failure.text == "connect_refused at 5.0")
  }

  @Test("one line for each attempt and one access line are one failure")
  func attempts() {
    let lines = [
      Made.error(.connectRefused, at: 5) { $0.connection = "7" },
      Made.error(.connectRefused, at: 5, endpoint: "10.0.0.2:80") { $0.connection = "7" },
      Made.access(502, at: 5),
    ]
    #expect(joined(lines).count == 1)
    #expect(joined([lines[2], lines[0], lines[1]]).count == 1)
  }

  @Test("the same line again on one connection is another request")
  func keepAlive() {
    let error = Made.error(.connectRefused, at: 5) { $0.connection = "7" }
    let access = Made.access(502, at: 5)
    let failures = joined([error, error, access, access])
    #expect(failures.count == 2)
    #expect(failures.allSatisfy { $0.status == 502 })
    #expect(joined([access, access, error, error]).count == 2)
  }

  @Test("a response that is no HTTP and then ends early is one failure, by what was wrong with it")
  func invalid() {
    let lines = [
      Made.error(.notHttp, at: 5) { $0.connection = "7" },
      Made.error(.bodyIdleTimeout, at: 65) {
        $0.connection = "7"
        $0.conclusion?.signature = "N12"
      },
      Made.access(200, at: 65),
    ]
    #expect(joined(lines).map(\.cause) == [.notHttp])
    let closed = Made.error(.closedBeforeResponse, at: 5) {
      $0.connection = "7"
      $0.conclusion?.signature = "N13"
    }
    #expect(joined([closed, Made.error(.connectRefused, at: 5) { $0.connection = "7" }]).count == 2)
  }

  @Test("a status that says little goes behind a line that knows")
  func guess() {
    let guess = Made.access(502, at: 5, cause: .connectRefused, sure: .unknown)
    #expect(joined([Made.error(.allUnhealthy, at: 5, endpoint: nil), guess]).map(\.cause) == [.allUnhealthy])
  }

  @Test("a status that a log of errors has nothing of was passed on, and that is an estimate")
  func passedOn() throws {
    func guess(_ path: String) -> LogEntry {
      Made.access(502, at: 6, cause: .connectRefused, or: [.upstreamStatus], sure: .unknown) { $0.path = path }
    }
    let failures = joined([Made.error(.connectRefused, at: 5), Made.access(502, at: 5), guess("/own")])
    let own = try #require(failures.first { $0.path == "/own" })
    #expect(own.cause == .upstreamStatus && own.sure == .likely && own.who == .application && own.estimate != nil)
    #expect(joined([guess("/own")]).map(\.cause) == [.connectRefused])
  }

  @Test("an error of the application's own that reached the client is what it failed by")
  func own() {
    let access = Made.access(500, at: 5, cause: .upstreamStatus)
    #expect(joined([Made.error(.connectRefused, at: 5), access]).map(\.cause) == [.upstreamStatus])
  }

  @Test("an attempt that failed before a good answer was saved")
  func saved() throws {
    let failures = joined([
      Made.error(.connectTimeout, at: 3), Made.access(200, at: 5) { $0.totalTime = 2500 },
    ])
    #expect(failures.count == 1)
    #expect(try #require(failures.first).isSaved)
  }

  @Test("what failed within a response was not saved by its status")
  func within() throws {
    let failures = joined([Made.error(.truncatedBody, at: 3), Made.access(200, at: 3)])
    #expect(!(try #require(failures.first).isSaved))
  }

  @Test("an attempt without a line of a failed request was answered elsewhere, where such lines are read")
  func presumed() throws {
    let alone = Made.error(.connectRefused, at: 8) { $0.path = "/saved" }
    let later = Made.error(.connectRefused, at: 20) { $0.path = "/later" }
    let failures = joined([Made.error(.connectRefused, at: 5), Made.access(502, at: 5), alone, later])
    #expect(try #require(failures.first { $0.path == "/saved" }).isSaved)
    #expect(!(try #require(failures.first { $0.path == "/later" }).isSaved))
    #expect(!(try #require(joined([alone, later]).first).isSaved))
  }

  @Test("a good answer of another time, client or path is none of a failed request's")
  func others() {
    let error = Made.error(.connectRefused, at: 5)
    for access in [
      Made.access(200, at: 60) { $0.totalTime = 100 }, Made.access(200, at: 5) { $0.client = "192.0.2.9" },
      Made.access(200, at: 5) { $0.path = "/b" }, Made.access(200, at: 5, product: .caddy),
    ] {
      #expect(joined([error, access]).allSatisfy { !$0.hasEnd })
    }
  }

  @Test("an access line that lists its attempts takes only their failures")
  func listed() {
    let access = Made.access(502, at: 5) { $0.attempts = [LogAttempt(endpoint: "10.0.0.2:80")] }
    #expect(joined([Made.error(.connectRefused, at: 5), access]).count == 2)
    #expect(joined([Made.error(.connectRefused, at: 5, endpoint: "http://10.0.0.2:80/a"), access]).count == 1)
  }

  @Test("the more exact conclusion is the request's, and the surer of two equal ones")
  func exact() {
    let vague = Made.access(503, at: 5, cause: .allUnhealthy)
    #expect(joined([Made.error(.connectRefused, at: 5), vague]).map(\.cause) == [.connectRefused])
    let guess = Made.access(502, at: 5, cause: .closedBeforeResponse, sure: .possible)
    #expect(joined([Made.error(.resetBeforeResponse, at: 5), guess]).map(\.cause) == [.resetBeforeResponse])
  }

  @Test("several lines of Apache httpd and its access line, whose time is the beginning, are one failure")
  func httpd() {
    func line(_ cause: Cause, _ signature: String, endpoint: String?) -> LogEntry {
      Made.error(cause, at: 65.01, endpoint: endpoint, product: .httpd) {
        $0.conclusion?.signature = signature
        $0.path = nil
        $0.method = nil
        $0.process = 7
        $0.connection = "9"
      }
    }
    let failures = joined([
      Made.access(503, at: 5, product: .httpd), line(.connectTimeout, "A02", endpoint: "10.0.0.1:80"),
      line(.connectTimeout, "A04", endpoint: nil),
    ])
    #expect(failures.count == 1)
    #expect(failures.first?.status == 503)
  }

  @Test("a line that tells the path without its query belongs to the request, another path does not")
  func query() {
    func failures(_ path: String) -> Int {
      let access = Made.access(502, at: 5, product: .httpd) { $0.path = "/a?b=1" }
      let first = Made.error(.closedBeforeResponse, at: 5.4, product: .httpd) { $0.path = nil }
      let second = Made.error(.closedBeforeResponse, at: 5.4, endpoint: nil, product: .httpd) {
        $0.path = path
        $0.conclusion?.signature = "A10"
      }
      return joined([access, first, second]).count
    }
    #expect(failures("/a") == 1)
    #expect(failures("/a?b=1") == 1)
    #expect(failures("/a?b=2") == 2)
    #expect(failures("/ab") == 2)
  }

  @Test("lines of Apache httpd find their end by what the last of them tells, and leave the application's own alone")
  func httpdInOneSecond() throws {
    let refused =
      "[Fri Nov 27 03:46:52.818220 2026] [proxy:error] [pid 7:tid 53] (111)Connection refused: AH00957: http: attempt to "
      + "connect to 127.0.0.1:21901 (127.0.0.1:21901) failed"
    let unreached =
      "[Fri Nov 27 03:46:52.818290 2026] [proxy_http:error] [pid 7:tid 53] [client 127.0.0.1:45570] AH01114: HTTP: "
      + "failed to make connection to backend: 127.0.0.1"
    let late =
      "[Fri Nov 27 03:46:54.897229 2026] [proxy_http:error] [pid 7:tid 59] (70007)The timeout specified has expired: "
      + "[client 127.0.0.1:45618] AH01102: error reading status line from remote server 127.0.0.1:21902"
    let returned =
      "[Fri Nov 27 03:46:54.897285 2026] [proxy:error] [pid 7:tid 59] [client 127.0.0.1:45618] AH00898: Error reading "
      + "from remote server returned by /slow"
    func access(_ second: Int, _ path: String, _ status: Int) -> String {
      "127.0.0.1 - - [27/Nov/2026:03:46:\(second) +0000] \"GET \(path) HTTP/1.1\" \(status) 4 \"-\" \"curl/7.88.1\""
    }
    let lines = [
      access(52, "/own", 500), access(52, "/dead", 503), access(52, "/slow", 502), refused, unreached,
      access(54, "/close", 502), late, returned,
    ]
    let failures = joined(
      try lines.map { line in
        var entry = try #require(LogFormatTable.standard.entry(ofLine: line))
        entry.product = .httpd
        if entry.kind == .request { entry.place = LinePlace(source: 1, file: 0, line: 1) }
        return entry
      })
    #expect(failures.count == 4)
    let dead = try #require(failures.first { $0.path == "/dead" })
    #expect(dead.cause == .connectRefused && dead.status == 503 && dead.endpoint == "127.0.0.1:21901")
    let slow = try #require(failures.first { $0.path == "/slow" })
    #expect(slow.cause == .responseHeaderTimeout && slow.status == 502)
    #expect(failures.contains { $0.path == "/own" && $0.status == 500 && $0.cause != .connectRefused })
  }

  @Test("the failures of a site whose access log is not read are not taken for saved")
  func otherSite() throws {
    let first = Made.error(.connectRefused, at: 5) { $0.route = "one" }
    let other = Made.error(.connectRefused, at: 8) { ($0.route, $0.path) = ("two", "/two") }
    let own = Made.error(.connectRefused, at: 9) { ($0.route, $0.path) = ("one", "/one") }
    let end = Made.error(.connectRefused, at: 20) { ($0.route, $0.path) = ("one", "/end") }
    let failures = joined([first, Made.access(502, at: 5), other, own, end])
    #expect(!(try #require(failures.first { $0.path == "/two" }).isSaved))
    #expect(try #require(failures.first { $0.path == "/one" }).isSaved)
  }

  @Test("a status long after the last line of the log of errors is not said to be the application's")
  func silence() throws {
    func guess(at seconds: Double) -> LogEntry {
      Made.access(502, at: seconds, cause: .connectRefused, or: [.upstreamStatus], sure: .unknown) { $0.path = "/own" }
    }
    let told = [Made.error(.connectRefused, at: 5), Made.access(502, at: 5)]
    #expect(try #require(joined(told + [guess(at: 300)]).last).cause == .upstreamStatus)
    #expect(try #require(joined(told + [guess(at: 3600)]).last).cause == .connectRefused)
  }

  @Test("what nginx sends only once fails only once: the next line of the connection is another request's")
  func sentOnce() {
    func failures(_ method: String) -> Int {
      let lines = ["10.0.0.1:80", "10.0.0.2:80"].map { endpoint in
        Made.error(.closedBeforeResponse, at: 5, endpoint: endpoint) { ($0.method, $0.connection) = (method, "7") }
      }
      let ends = [Made.access(502, at: 5), Made.access(502, at: 5)].map { end in
        var end = end
        end.method = method
        return end
      }
      return joined(lines + ends).filter { $0.cause == .closedBeforeResponse }.count
    }
    #expect(failures("POST") == 2)
    #expect(failures("GET") == 1)
  }

  @Test("a line of a proxy that writes one for each request is passed on at once")
  func single() {
    var joiner = RequestJoiner()
    #expect(joiner.take(Made.access(503, at: 1, cause: .connectRefused, product: .haproxy)).count == 1)
  }

  @Test("thousands of the same request in one second are joined one by one", arguments: [true, false])
  func many(errorsFirst: Bool) {
    let errors = (0..<3000).map { number in Made.error(.connectRefused, at: 5) { $0.connection = "\(number)" } }
    let accesses = (0..<3000).map { _ in Made.access(502, at: 5) }
    let failures = joined(errorsFirst ? errors + accesses : accesses + errors)
    #expect(failures.count == 3000)
    #expect(failures.allSatisfy { $0.status == 502 && $0.cause == .connectRefused })
  }

  @Test("what waits in vain is given up after its time, and beyond the bound")
  func bounds() {
    var joiner = RequestJoiner()
    #expect(joiner.take(Made.error(.connectRefused, at: 0)).isEmpty)
    #expect(joiner.take(Made.error(.connectRefused, at: 80) { $0.path = "/b" }).count == 1)
    var closed = 0
    for index in 0..<(RequestJoiner.openMax + 100) {
      closed += joiner.take(Made.error(.connectRefused, at: 81) { $0.path = "/\(index)" }).count
    }
    #expect(closed == 101)
  }
}
