import SluiceAdmin
import SluiceDiagnosis
import SluiceIncidents
import Testing

@testable import sluice

@Suite("The picture of a gateway")
struct TopPageTests {
  private static let now: Int64 = 1_790_000_000_000

  private func look(problems: Int, endpoints: Int, text: String = "http://127.0.0.1:30") -> TopLook {
    let none = TrafficWindow([], spanMs: 60_000, at: 0, since: 0)
    let places = (0..<endpoints).map { number in
      EndpointDocument(
        endpoint: "\(text)\(number)", state: number == 1 ? .ejected : .healthy, weight: 1, priority: 0,
        requests: number,
        connectionsInUse: 1, connectionsIdle: 2, failuresInARow: 0, lastMinute: none)
    }
    let upstream = UpstreamDocument(
      name: "api", balance: "leastRequest", protocolChoice: "auto", isPanicMode: false, endpoints: places,
      load: UpstreamLoad(
        requests: 0, requestsMax: 1024, queued: 0, queueMax: 1024, connections: 0, connectionsMax: 1024),
      retry: RetryDocument(attemptsMax: 3, budget: 0.2, replays: 0, replaysMax: 100, windowMs: 10_000),
      lastMinute: none)
    let status = StatusDocument(
      time: Self.now, name: "sluice-test", version: "0.1.0", startedAt: Self.now - 7_200_000, isDraining: false,
      generation: 3, reload: ReloadDocument(time: Self.now, outcome: .refused, reason: "\(text) has mistakes"),
      workers: 2, listeners: [],
      counts: CountsDocument(
        clientConnections: 3, endpointConnections: 2, idleConnections: 1, exchanges: 1, acceptedTotal: 40,
        exchangesTotal: 39),
      process: ProcessDocument(id: 1, memoryBytes: 20 << 20, descriptors: 40, descriptorsMax: 1024),
      store: StoreDocument(state: .working, path: nil), drops: DropsDocument(logLines: 0, incidents: 0, alerts: 0))
    let told = (0..<problems).map { number in
      ProblemDocument(
        Problem(
          number: Int64(number), key: ProblemKey(cause: "connect_refused", route: "/", upstream: "api", endpoint: text),
          who: "application", state: .ongoing, firstSeen: Self.now - 120_000, lastSeen: Self.now, count: 7, absorbed: 0,
          kept: 7, lastMinute: 4, example: nil),
        rate: RateDocument(start: 0, spanMs: 60_000, counts: Array(repeating: 0, count: 58) + [3, 4]),
        verdict: Verdict(
          who: "application", cause: "not_running", sure: .certain, sentence: "Nothing listens at \(text).",
          next: "Start it."))
    }
    let summary = TrafficSummary(
      upstreams: none, countedMs: 60_000, statuses: ["200": 600, "502": 6], causes: ["connect_refused": 6])
    return TopLook(
      status: status, problems: told, upstreams: [upstream],
      traffic: TrafficDocument(time: Self.now, windows: [summary], upstreams: [], parts: []))
  }

  @Test("problems stand above endpoints, each with its verdict and its rate")
  func order() throws {
    let lines = TopPage(look: look(problems: 1, endpoints: 2), screen: Screen(width: 100), height: nil).lines
    let problem = try #require(
      lines.firstIndex { $0.contains("connect_refused at api http://127.0.0.1:30, for 2 min") })
    #expect(lines[problem].contains("4/min ") && lines[problem].hasSuffix("▅▇"))
    #expect(lines[problem + 1] == "  application: Nothing listens at http://127.0.0.1:30.")
    let endpoint = try #require(lines.firstIndex { $0.contains("http://127.0.0.1:301") })
    #expect(problem < endpoint && lines[endpoint].contains("ejected"))
    #expect(lines.contains { $0 == "api: 1 of 2 available" })
    #expect(lines.contains { $0.hasPrefix("last minute: 10 requests/s") && $0.contains("502: 6") })
    #expect(lines[1].contains("the last reload was refused"))
  }

  @Test("an endpoint that fails and is used all the same is told as failing")
  func failing() throws {
    var look = look(problems: 1, endpoints: 1)
    look.upstreams[0].endpoints[0].failuresInARow = 3
    look.upstreams[0].endpoints[0].lastFailureCause = "connect_refused"
    let lines = TopPage(look: look, screen: Screen(width: 100), height: nil).lines
    #expect(lines.contains { $0.hasPrefix("api: failing, 1 of 1 available") })
    let row = try #require(lines.last { $0.contains("http://127.0.0.1:300") })
    #expect(row.contains(" failing ") && row.hasSuffix("connect_refused") && !row.contains("healthy"))
  }

  @Test("free lines tell the verdict whole, what to do next, and the keys")
  func whole() throws {
    let text = "http://127.0.0.1:30" + String(repeating: " and more of it", count: 8)
    let look = look(problems: 1, endpoints: 1, text: text)
    let high = TopPage(look: look, screen: Screen(width: 80), height: 30).lines
    #expect(high.contains("  Next: Start it."))
    #expect(high.joined(separator: " ").split(separator: " ").joined(separator: " ").contains(text + "."))
    #expect(high.last?.hasPrefix("q ends") == true)
    let low = TopPage(look: look, screen: Screen(width: 80), height: 9).lines
    #expect(!low.contains { $0.contains("Next:") } && low.contains { $0.contains("application: Nothing listens") })
  }

  @Test("problems without a failure for a minute are quiet")
  func quiet() {
    var look = look(problems: 2, endpoints: 1)
    look.problems[0].lastSeen -= 120_000
    func title() -> String? {
      TopPage(look: look, screen: Screen(width: 100), height: nil).lines.first { $0.hasPrefix("2 problems") }
    }
    #expect(title() == "2 problems go on")
    look.problems[1].lastSeen -= 90_000
    #expect(title() == "2 problems are quiet")
  }

  @Test("a calm gateway says so")
  func calm() {
    let lines = TopPage(look: look(problems: 0, endpoints: 1), screen: Screen(width: 80), height: 23).lines
    #expect(lines.contains("No problem goes on."))
  }

  @Test(
    "it fits the terminal, whatever there is",
    arguments: [(80, 23, 0, 1), (80, 23, 20, 40), (80, 23, 1, 40), (80, 23, 20, 1), (40, 10, 20, 40), (200, 60, 3, 3)])
  func fits(_ width: Int, _ height: Int, _ problems: Int, _ endpoints: Int) {
    let text = "http://[2001:db8::\u{1B}[2J\u{202E}1]:3000/some/long/path/behind/it"
    let page = TopPage(
      look: look(problems: problems, endpoints: endpoints, text: text), screen: Screen(width: width), height: height)
    let lines = page.lines
    #expect(lines.count <= height, "\(lines.count)")
    for line in lines {
      #expect(PlainText.width(line) <= width, "\(line)")
      #expect(line.unicodeScalars.allSatisfy(PlainText.isPlain), "\(line)")
    }
    if problems > 0 { #expect(lines.contains { $0.contains("connect_refused") }) }
    #expect(lines.contains { $0.contains("api:") })
  }
}
