import Foundation
import TestSupport
import Testing

extension Integration.Prevention {
  /// Applications that close idle connections after 50 ms, asked in bursts 50 ms apart, more or less: a pooled connection
  /// is as old as can be when the next request wants it. They are busy while they serve, so that some requests arrive
  /// after the application has made up its mind and before its FIN has been sent.
  @Suite struct StaleKeepAliveTests {
    private static let load = [
      "--rate", "100", "--seconds", "6", "--posts", "0.5", "--burst", "5", "--jitter", "0.5",
    ]

    @Test(.timeLimit(.minutes(1)))
    func noRequestOfAnyMethodMeetsAConnectionThatIsClosing() async throws {
      let folder = try TestFolder()
      let journal = Journal(in: folder)
      let languages = Application.Language.allCases
      let ports = try languages.map { _ in try listenPort() }
      var applications: [RunningProcess] = []
      for (language, port) in zip(languages, ports) {
        let command = Application.command(language, port: port, journal: journal, keepAlive: 50, delay: 0, busy: 3)
        applications.append(try RunningProcess(command, in: folder))
        try await applications.last?.listens(on: port)
      }
      let upstreams = zip(languages, ports).map { "  \($0): { endpoints: ['http://127.0.0.1:\($1)'] }" }
      let gateway = try await BuiltGateway.start(
        upstreams: upstreams.joined(separator: "\n"),
        routes: languages.map { ("/\($0)", "\($0)") }, in: folder)
      let loads = try languages.map {
        let options = Self.load + ["--path", "/\($0)", "--prefix", "\($0)-", "--seed", "\($0.rawValue.utf8.count)"]
        return try Load(port: gateway.port, options, in: folder)
      }
      var results: [LoadResult] = []
      for load in loads { results += try await load.results() }
      await gateway.stop()
      for application in applications { await application.stop() }

      let records = try gateway.recordsByKey()
      #expect(results.count >= 1000)
      for method in ["GET", "POST"] {
        let failed = results.filter { $0.method == method && !$0.isGood }
        #expect(failed.isEmpty, "\(method): \(diagnosis(failed, records))")
      }
      // A gateway that never used a connection again would pass as well.
      let reused = records.values.joined().count { $0.attempts?.last?.isReused == true }
      #expect(reused > results.count / 10, "\(reused) of \(results.count) requests were given a used connection")
      let counts = try journal.counts()
      for result in results where result.method == "POST" {
        #expect(counts[result.key] == 1, "POST \(result.key) was executed \(counts[result.key, default: 0]) times")
      }
    }
  }
}
