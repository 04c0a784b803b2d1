import Foundation
import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("The story of logs")
struct LogStoryTests {
  @Test("counts failures by cause, with what a reader looks for first")
  func causes() throws {
    let report = Made.report([
      Made.error(.connectRefused, at: 1), Made.error(.connectRefused, at: 2),
      Made.access(502, at: 3, cause: .notHttp, upstream: "api") { $0.path = "/b" },
    ])
    #expect(report.causes.map(\.cause) == ["connect_refused", "not_http"])
    let refused = try #require(report.causes.first)
    #expect(refused.count == 2)
    #expect(refused.first == "2026-11-26T20:00:01.000Z")
    #expect(refused.last == "2026-11-26T20:00:02.000Z")
    #expect(refused.upstreams == ["10.0.0.1:80": 2])
    #expect(refused.sample == LogSample(file: "error.log", line: 11, text: "connect_refused at 1.0"))
    #expect(report.causes.last?.statuses == ["502": 1])
  }

  @Test("what the scan knows goes into the report unchanged")
  func input() {
    let report = Made.report([])
    #expect(report.lines == 100 && report.recognised == 90 && report.bytes == 5000)
    #expect(report.logs == Made.input.logs)
    #expect(report.problems.isEmpty && report.causes.isEmpty && report.first == nil)
  }

  @Test("the chart shows all failures, over the whole time of the logs")
  func chart() throws {
    let report = Made.report([
      Made.error(.connectRefused, at: 60), Made.error(.connectRefused, at: 61), Made.error(.notHttp, at: 300),
      Made.error(.connectRefused, at: 1200),
    ])
    let chart = try #require(report.chart)
    #expect(chart.failures.reduce(0, +) == 4)
    #expect(chart.failures.first == 2 && chart.failures.last == 1)
    #expect(chart.failures.count * chart.slotSeconds >= 1140 && chart.failures.count <= SlotCounts.chartSlots)
    #expect(chart.start <= "2026-11-26T20:01:00.000Z" && chart.start > "2026-11-26T20:00:40.000Z")
    #expect(Made.report([]).chart == nil)
  }

  @Test("begin and end are those of lines where the scan tells them, and not those of slots of traffic")
  func times() throws {
    var input = Made.input
    (input.first, input.last) = (Made.at(3.5), Made.at(7199))
    var story = LogStory()
    for second in [7000.0, 7100, 7190] { story.take(Made.error(.connectRefused, at: second)) }
    story.take(Made.tally(from: 0, through: 7190, each: 1))
    let report = story.report(input)
    #expect(report.first == "2026-11-26T20:00:03.500Z" && report.last == "2026-11-26T21:59:59.000Z")
    #expect(report.problems.first?.isOngoing == true)
    // With a last line long after the last failure, it is over.
    input.last = Made.at(7260)
    #expect(story.report(input).problems.first?.isOngoing == false)
  }

  @Test("how long the logs are decides nothing: what a long slot holds of requests before is no answer afterwards")
  func longLogs() throws {
    func verdict(_ widened: Int) throws -> String {
      var tally = Made.tally(from: 0, through: 1230, each: 10, endpoint: "10.0.0.1:80")
      tally = Made.tally(from: 0, through: 4800, each: 10, endpoint: "10.0.0.2:80", into: tally)
      for _ in 0..<widened { tally.widen() }
      var story = LogStory()
      for second in 0..<20 { story.take(Made.error(.connectRefused, at: 1241 + Double(second))) }
      story.take(tally)
      var input = Made.input
      (input.first, input.last) = (Made.at(0), Made.at(4800))
      return try #require(story.report(input).problems.first).verdict.cause
    }
    let short = try verdict(0)
    for widened in 1...6 { #expect(try verdict(widened) == short, "\(10 << widened) s") }
    #expect(short != "deploy_restart")
  }

  @Test("a status alone is a failure whose cause nobody told")
  func statusAlone() {
    let report = Made.report([Made.access(502, at: 1)])
    #expect(report.causes.map(\.cause) == ["unknown"])
    #expect(report.problems.first?.verdict.sure == .unknown)
  }

  @Test("what went well is no failure")
  func well() {
    #expect(Made.report([Made.access(200, at: 1), Made.access(404, at: 2)]).causes.isEmpty)
  }

  @Test("clients that leave are counted, and are no problem")
  func clients() {
    let report = Made.report([Made.access(499, at: 1, cause: .clientAborted)])
    #expect(report.causes.map(\.cause) == ["client_aborted"])
    #expect(report.problems.isEmpty)
  }

  @Test("refusals, an ejection and no endpoint left are one problem with its root")
  func chain() throws {
    let report = Made.report([
      Made.error(.connectRefused, at: 1), Made.error(.connectRefused, at: 2),
      Made.event(.endpointDown, at: 2, endpoint: "10.0.0.1:80"),
      Made.error(.allUnhealthy, at: 3, endpoint: nil, upstream: "api"),
    ])
    #expect(report.problems.count == 1)
    let problem = try #require(report.problems.first)
    #expect(
      problem.causes == [
        CauseShare(cause: "connect_refused", count: 2, role: .root),
        CauseShare(cause: "all_unhealthy", count: 1, role: .consequence),
      ])
    #expect(problem.count == 3)
  }

  @Test("a gap of more than five minutes begins another problem")
  func gap() {
    let apart = [Made.error(.connectRefused, at: 0), Made.error(.connectRefused, at: 1)]
    let later = (0..<5).map { Made.error(.connectRefused, at: 310 + Double($0)) }
    #expect(Made.report(apart + later).problems.count == 2)
    let near = [Made.error(.connectRefused, at: 290)]
    #expect(Made.report(apart + near + [Made.error(.connectRefused, at: 585)]).problems.count == 1)
  }

  @Test("a failure counts by who has to act for it, and not by the most of its cause")
  func owners() throws {
    let limited = (0..<3).map { number in
      Made.error(.rateLimited, at: Double(number), endpoint: nil) { $0.host = "a" }
    }
    let unavailable = [10.0, 11].map { at in
      Made.access(503, at: at, cause: .rateLimited, sure: .possible) {
        $0.host = "b"
        $0.path = "/b"
        $0.conclusion?.who = .configuration
      }
    }
    let report = Made.report(limited + unavailable)
    #expect(report.causes.first?.who == "client" && report.causes.first?.failed == 2)
    #expect(report.failed == 2 && report.hasFailures)
    #expect(report.problems.map(\.count) == [2])
    #expect(!Made.report(limited).hasFailures)
  }

  @Test("a 503 of nginx' own, for which it asked no endpoint, is a problem of the configuration")
  func unasked() throws {
    let line = #"192.0.2.7 - - [26/Nov/2026:20:53:08 +0000] "GET /a HTTP/1.1" 503 157 "-" "curl" ua="-" us="-" urt="-""#
    let entry = try #require(LogFormatTable.standard.entry(ofLine: line))
    #expect(entry.conclusion?.signature == "N89")
    let report = Made.report([entry])
    #expect(report.failed == 1)
    #expect(report.problems.first?.verdict.who == "configuration")
    #expect(report.problems.first?.candidates.first?.evidence.contains { $0.contains("return 503") } == true)
  }

  @Test(
    "retries of which a line tells the number alone are seen",
    arguments: [
      #"{"DownstreamStatus":200,"OriginStatus":200,"RetryAttempts":2,"RequestPath":"/","time":"2026-11-26T20:00:00"}"#,
      (#"{"start_time":"2026-11-26T20:00:00Z","response_code":200,"response_flags":"-","path":"/","#
        + #""response_code_details":"via_upstream","upstream_request_attempt_count":3,"upstream_cluster":"api"}"#),
    ])
  func retried(line: String) throws {
    let recognised = try #require(LogFormatTable.standard.recognise(line))
    #expect(!recognised.isOrdinary)
    let report = Made.report([try #require(recognised.entry)])
    #expect(report.saved == 1 && report.failed == 0)
    for (key, first) in [("RetryAttempts\":2", "RetryAttempts\":0"), ("count\":3", "count\":1")] {
      let once = line.replacingOccurrences(of: key, with: first)
      if once != line { #expect(LogFormatTable.standard.recognise(once)?.isOrdinary == true) }
    }
  }

  @Test("the proxy's own name stands once, and a user's format has its own")
  func names() throws {
    let entries = (0..<3).map { Made.access(502, at: Double($0), cause: .upstreamStatus, product: .other, source: 0) }
    var input = Made.input
    input.logs[0].formats = ["gate-access"]
    var story = LogStory()
    for entry in entries { story.take(entry) }
    let problem = try #require(story.report(input).problems.first)
    #expect(problem.product == "gate-access" && problem.title == "gate-access")
    #expect(problem.verdict.sentence.contains("The application behind gate-access answered 502"))
    #expect(problem.candidates.first?.evidence.first?.hasPrefix("gate-access told upstream_status") == true)
  }

  @Test("an answer that may have been the proxy's own is not said to be the application's")
  func guessedAnswer() throws {
    let entries = (0..<3).map {
      Made.access(
        503, at: Double($0), cause: .upstreamStatus, product: .other, or: [.rateLimited, .poolEmpty], sure: .possible)
    }
    let problem = try #require(Made.report(entries).problems.first)
    #expect(problem.verdict.sentence.hasPrefix("It looks as if the application behind the proxy answered 503"))
    #expect(problem.title == "the proxy")
    #expect(problem.candidates.flatMap(\.evidence).contains("The proxy writes the same for both."))
  }

  @Test("a listener is not blamed for what is behind it")
  func behind() throws {
    let entries = (0..<6).map { number in
      Made.error(.responseHeaderTimeout, at: Double(number), endpoint: nil, product: .caddy) {
        $0.host = "127.0.0.1:21083"
        $0.totalTime = 2000
        $0.path = "/\(number)"
      }
    }
    let problem = try #require(Made.report(entries).problems.first)
    #expect(
      problem.verdict.sentence.hasPrefix("The application behind 127.0.0.1:21083 takes longer than the 2 s that Caddy"))
    #expect(problem.story.first?.sentence.hasPrefix("The application behind 127.0.0.1:21083 did not answer") == true)
  }

  @Test("steady traffic is drawn as a line without steps")
  func steady() throws {
    let entries = [0.0, 7000].map { at in Made.error(.connectRefused, at: at, upstream: "api") { $0.path = "/\(at)" } }
    let chart = try #require(Made.report(entries, tally: Made.tally(from: 0, through: 7190, each: 50)).chart)
    #expect(chart.slotSeconds == 80)
    #expect(Set(try #require(chart.requests).dropFirst().dropLast()) == [400])
  }

  @Test("what another endpoint made good is counted and said")
  func saved() throws {
    let report = Made.report([
      Made.error(.connectRefused, at: 1), Made.access(200, at: 2) { $0.totalTime = 1500 },
      Made.error(.connectRefused, at: 1) { $0.path = "/b" },
    ])
    #expect(report.saved == 1)
    #expect(report.causes.first?.saved == 1)
    let problem = try #require(report.problems.first)
    #expect(problem.count == 2 && problem.saved == 1)
    #expect(problem.verdict.sentence.contains("1 request failed, 1 more was answered by another endpoint"))
    #expect(report.failed == 1 && report.causes.first?.failed == 1)
    #expect(report.remarks.first?.hasPrefix("1 request failed at one endpoint and got an answer from another") == true)
  }

  @Test("what matters most comes first: what goes on, then what failed more")
  func order() {
    let over = (0..<20).map { Made.error(.notHttp, at: Double($0), endpoint: "a:1") { $0.path = "/a" } }
    let ongoing = (0..<5).map { Made.error(.badChunk, at: 500 + Double($0), endpoint: "b:1") { $0.path = "/b" } }
    let few = (0..<9).map { Made.error(.badFraming, at: Double($0), endpoint: "c:1") { $0.path = "/c" } }
    #expect(Made.report(few + over + ongoing).problems.map(\.place) == ["b:1", "a:1", "c:1"])
  }

  @Test("more problems than a report lists are counted in a remark")
  func bound() {
    let entries = (0..<(ProblemWriter.problemsMax + 3)).map { Made.error(.notHttp, at: 1, endpoint: "10.0.0.1:\($0)") }
    let report = Made.report(entries)
    #expect(report.problems.count == ProblemWriter.problemsMax)
    #expect(report.remarks == ["3 smaller problems are left out, with 3 failures."])
  }

  @Test("asking for a report changes nothing")
  func asking() {
    var story = LogStory()
    story.take(Made.error(.connectRefused, at: 1))
    let first = story.report(Made.input)
    #expect(story.report(Made.input) == first)
    story.take(Made.error(.connectRefused, at: 2))
    let second = story.report(Made.input)
    #expect(second.problems.first?.count == 2)
    #expect(second.problems.first?.id == first.problems.first?.id)
  }
}
