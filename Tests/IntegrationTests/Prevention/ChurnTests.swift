import Foundation
import SluiceCore
import SluiceIncidents
import TestSupport
import Testing

extension Integration.Prevention {
  /// Two applications that close idle connections after 120 ms are killed and restarted in turn under load. One of them
  /// listens at any time, so no GET has a reason to fail; a POST only where it may have been executed.
  ///
  /// `make bench ARGS='--rows churn'` is the long run, beside other proxies.
  @Suite struct ChurnTests {
    private static let rate = 200
    private static let seconds = 10
    private static let keepAlive = 120
    /// Long enough that each kill meets some requests.
    private static let delay = 10

    private struct Kill: Decodable {
      var signal: String
      var downMs: Double
    }

    @Test(.timeLimit(.minutes(2)), arguments: [[Application.Language.node, .node], [.node, .python]])
    func killsAndRestartsReachNoClient(_ languages: [Application.Language]) async throws {
      let folder = try TestFolder()
      let journal = Journal(in: folder)
      let ports = [try listenPort(), try listenPort()]
      let report = folder.file("kills")
      let applications = zip(languages, ports).flatMap { language, port in
        ["--"]
          + Application.command(language, port: port, journal: journal, keepAlive: Self.keepAlive, delay: Self.delay)
      }
      let places = "\(ports[0]),\(ports[1])"
      let churn = try RunningProcess(
        ["python3", Application.script("churn.py"), "--ports", places, "--report", report] + applications, in: folder)
      for port in ports { try await churn.listens(on: port) }
      let gateway = try await BuiltGateway.start(
        upstreams: "  app: { endpoints: ['http://127.0.0.1:\(ports[0])', 'http://127.0.0.1:\(ports[1])'] }", in: folder)
      churn.input.fileHandleForWriting.write(Data("go\n".utf8))
      let load = try Load(
        port: gateway.port, ["--rate", "\(Self.rate)", "--seconds", "\(Self.seconds)", "--posts", "0.5"], in: folder)
      let results = try await load.results()
      try churn.input.fileHandleForWriting.close()
      await churn.wait()
      await gateway.stop()

      let records = try gateway.recordsByKey()
      try Self.expectKills(report)
      Self.expectNothingAvoidable(results, records)
      try Self.expectOnce(results, journal)
      for (key, all) in records { #expect(all.count == 1, "\(key) has \(all.count) records") }
      #expect(records.count == results.count)
      // A run in which nothing had to be absorbed shows nothing.
      #expect(records.values.joined().contains { ($0.attempts ?? []).count > 1 && $0.status == 200 })
    }

    private static func expectKills(_ report: String) throws {
      let kills = try String(contentsOfFile: report, encoding: .utf8).split(separator: "\n").map {
        try JSONDecoder().decode(Kill.self, from: Data($0.utf8))
      }
      for signal in ["SIGKILL", "SIGTERM"] {
        #expect(kills.count { $0.signal == signal } >= 2, "\(kills.count) kills in all")
      }
    }

    private static func expectNothingAvoidable(_ results: [LoadResult], _ records: [String: [StoredRecord]]) {
      #expect(results.count >= rate * seconds)
      let cuts = results.filter { $0.failure != nil }
      #expect(cuts.isEmpty, "cut: \(diagnosis(cuts, records))")
      let gets = results.filter { $0.method == "GET" && !$0.isGood }
      #expect(gets.isEmpty, "GET: \(diagnosis(gets, records))")
      let avoidable = results.filter { result in
        guard result.method == "POST", !result.isGood else { return false }
        guard let record = records[result.key]?.first, record.notRetriedBecause != nil else { return true }
        return !Self.mayHaveBeenProcessed(record.cause)
      }
      #expect(avoidable.isEmpty, "POST: \(diagnosis(avoidable, records))")
    }

    private static func mayHaveBeenProcessed(_ cause: String?) -> Bool {
      guard let cause = Cause.allCases.first(where: { $0.identifier == cause }) else { return false }
      return cause.replayClass == .reusedUnanswered || cause.replayClass == .possiblyProcessed
    }

    private static func expectOnce(_ results: [LoadResult], _ journal: Journal) throws {
      let counts = try journal.counts()
      for result in results where result.method == "POST" {
        let count = counts[result.key, default: 0]
        #expect(count <= 1, "POST \(result.key) was executed \(count) times, and answered \(result.status)")
        if result.isGood { #expect(count == 1, "POST \(result.key) was answered and executed \(count) times") }
      }
    }
  }
}
