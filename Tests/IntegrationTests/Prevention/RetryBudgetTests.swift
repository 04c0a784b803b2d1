import Foundation
import TestSupport
import Testing

extension Integration.Prevention {
  /// Where every endpoint fails every request, repetition helps nobody: the budget keeps it to a fifth and a floor.
  @Suite struct RetryBudgetTests {
    private static let rate = 100.0
    private static let seconds = 4.0
    /// The defaults: a fifth of the requests of the last ten seconds, and ten more for each of those.
    private static let share = 0.2
    private static let floor = 100.0

    @Test(.timeLimit(.minutes(1)))
    func repetitionsStayWithinTheBudgetAsTheApplicationCountsThem() async throws {
      let folder = try TestFolder()
      let journal = Journal(in: folder)
      let ports = [try listenPort(), try listenPort(), try listenPort()]
      var endpoints: [RunningProcess] = []
      for port in ports {
        let command = Application.command(.reset, port: port, journal: journal, fromStart: true)
        endpoints.append(try RunningProcess(command, in: folder))
        // Not by asking: a connection that sends nothing counts as no request, but it is reset late.
        try await endpoints.last?.listens(on: port)
      }
      let urls = ports.map { "'http://127.0.0.1:\($0)'" }.joined(separator: ", ")
      let gateway = try await BuiltGateway.start(upstreams: "  app: { endpoints: [\(urls)] }", looks: false, in: folder)
      let load = try Load(port: gateway.port, ["--rate", "\(Self.rate)", "--seconds", "\(Self.seconds)"], in: folder)
      let results = try await load.results()
      await gateway.stop()
      for endpoint in endpoints { await endpoint.stop() }

      let records = try gateway.recordsByKey()
      let counted = try journal.lines().count
      let asked = Double(results.count)
      let allowed = asked * (1 + Self.share) + Self.floor
      #expect(Double(counted) <= allowed, "\(counted) arrived for \(results.count) requests; \(allowed) may")
      #expect(counted > results.count, "nothing was ever repeated: \(counted) arrived for \(results.count) requests")
      let odd = results.filter { $0.status != 502 || $0.failure != nil }
      #expect(odd.isEmpty, "not 502: \(diagnosis(odd, records))")
      let reasons = Set(records.values.joined().map { $0.notRetriedBecause ?? "none" })
      #expect(reasons.contains("budget"), "\(reasons)")
      let attempts = records.values.joined().map { ($0.attempts ?? []).count }.reduce(0, +)
      #expect(attempts == counted, "the records tell of \(attempts) attempts, the endpoints of \(counted)")
    }
  }
}
