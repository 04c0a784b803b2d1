import Foundation
import SluiceIncidents
import TestSupport
import Testing

extension Integration.Prevention {
  /// One of three endpoints fails for a while, in each way that an endpoint fails: no GET does.
  ///
  /// `make bench ARGS='--rows stalling-endpoint'` is the long run, which also looks at the time that requests take.
  @Suite struct FailingEndpointTests {
    private typealias Failing = Application.Failing

    private static let rate = 40
    private static let healthySeconds = 1.0
    private static let failingSeconds = 6.0

    /// What the incident of an absorbed failure may name. A connection that was idle when the endpoint began to fail
    /// ends as a stale one, and whoever waits for a stalled endpoint is reset when it comes back.
    private static func causes(of mode: Failing) -> Set<String> {
      switch mode {
      case .refuse: ["connect_refused", "stale_keepalive", "reset_before_response"]
      case .reset: ["reset_before_response", "stale_keepalive", "closed_before_response"]
      case .garbage: ["not_http"]
      case .stall: ["response_header_timeout", "reset_before_response", "stale_keepalive"]
      }
    }

    @Test(.timeLimit(.minutes(2)))
    func noGetFailsWhileOneOfThreeEndpointsDoes() async throws {
      let folder = try TestFolder()
      let healthy = Journal(in: folder, "healthy")
      var processes: [RunningProcess] = []
      func start(_ command: [String], _ port: Int) async throws {
        processes.append(try RunningProcess(command, in: folder))
        try await processes.last?.listens(on: port)
      }
      let ports = [try listenPort(), try listenPort()]
      for port in ports {
        let command = Application.command(.node, port: port, journal: healthy, keepAlive: 5000, delay: 2)
        try await start(command, port)
      }
      let failing = try Failing.allCases.map { mode in
        (mode: mode, port: try listenPort(), journal: Journal(in: folder, mode.rawValue))
      }
      for one in failing {
        try await start(Application.command(one.mode, port: one.port, journal: one.journal), one.port)
      }
      // A second instead of sixty for a head: the test cannot wait for more.
      let upstreams = failing.map { one in
        let urls = (ports + [one.port]).map { "'http://127.0.0.1:\($0)'" }.joined(separator: ", ")
        let timeouts = one.mode == .stall ? ", timeouts: { responseHead: 1s }" : ""
        return "  \(one.mode): { endpoints: [\(urls)]\(timeouts) }"
      }
      let gateway = try await BuiltGateway.start(
        upstreams: upstreams.joined(separator: "\n"),
        routes: failing.map { ("/\($0.mode)", "\($0.mode)") }, in: folder)
      let seconds = Self.healthySeconds * 2 + Self.failingSeconds
      let loads = try failing.map { one in
        let options = ["--rate", "\(Self.rate)", "--seconds", "\(seconds)", "--path", "/\(one.mode)"]
        return try Load(port: gateway.port, options + ["--prefix", "\(one.mode)-"], in: folder)
      }
      try await Task.sleep(for: .seconds(Self.healthySeconds))
      for process in processes.suffix(failing.count) { process.signal(SIGUSR1) }
      try await Task.sleep(for: .seconds(Self.failingSeconds))
      for process in processes.suffix(failing.count) { process.signal(SIGUSR2) }
      var results: [LoadResult] = []
      for load in loads { results += try await load.results() }
      await gateway.stop()
      for process in processes { await process.stop() }

      let records = try gateway.recordsByKey()
      for one in failing {
        let own = results.filter { $0.key.hasPrefix("\(one.mode)-") }
        let failed = own.filter { !$0.isGood }
        #expect(failed.isEmpty, "\(one.mode): \(diagnosis(failed, records))")
        #expect(own.count >= Int(Double(Self.rate) * seconds))
        try Self.expectFewWereGiven(to: one.mode, one.journal)
        try await Self.expectExplained(one.mode, "127.0.0.1:\(one.port)", gateway)
      }
    }

    /// A third of the requests without ejection.
    private static func expectFewWereGiven(to mode: Failing, _ journal: Journal) throws {
      let lines = try journal.lines()
      let given = lines.count { $0.hasPrefix("\(mode) ") }
      let whileFailing = Double(rate) * failingSeconds
      #expect(Double(given) <= whileFailing / 10, "\(mode): \(given) of \(whileFailing) were given to it")
      if mode != .refuse { #expect(given > 0, "\(mode): nothing was ever given to the failing endpoint") }
      #expect(lines.count { $0.hasPrefix("ok ") } > 0, "\(mode): nothing was given to it while it was healthy")
    }

    private static func expectExplained(_ mode: Failing, _ endpoint: String, _ gateway: BuiltGateway) async throws {
      let incidents = try await gateway.absorbed("--upstream", mode.rawValue)
      #expect(!incidents.isEmpty, "\(mode): nothing was kept of what was absorbed")
      for incident in incidents {
        let attempt = incident.record.attempts?.first { $0.cause != nil }
        #expect(attempt?.endpoint?.contains(endpoint) == true, "\(mode): \(attempt?.endpoint ?? "no endpoint")")
        #expect(Self.causes(of: mode).contains(attempt?.cause ?? ""), "\(mode): \(attempt?.cause ?? "no cause")")
        #expect(incident.record.status == 200)
      }
    }
  }
}
