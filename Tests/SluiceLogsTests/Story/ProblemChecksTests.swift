import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("What to check")
struct ProblemChecksTests {
  private func commands(_ entry: LogEntry) -> [String] {
    Made.report([entry]).problems.first?.checks.compactMap(\.command) ?? []
  }

  @Test("commands name the endpoint and the time")
  func endpoint() {
    let found = commands(Made.error(.connectRefused, at: 1))
    #expect(found.contains("ss -ltnp 'sport = :80'"))
    #expect(found.contains { $0.contains("2026-11-26 19:58:01 UTC") })
  }

  @Test("a name within an upstream is no address: nothing is run against it")
  func name() {
    #expect(
      commands(Made.error(.connectRefused, at: 1, endpoint: "s1", upstream: "api")).allSatisfy { !$0.contains("s1") })
  }

  @Test("the proxy's own process is asked for its limits by its name")
  func program() {
    #expect(commands(Made.error(.localFdsOrMemory, at: 1)).contains { $0.hasPrefix("pgrep -x nginx |") })
  }

  @Test("what strangers wrote is quoted")
  func quoted() {
    let found = commands(Made.error(.upstreamStatus, at: 1, endpoint: "10.0.0.1:80") { $0.path = "/a'; rm -rf ~;'" })
    #expect(found.allSatisfy { !$0.contains("/a'; rm") })
    let direct = commands(Made.error(.connectTimeout, at: 1) { $0.path = "/a$(id)" })
    #expect(direct.contains { $0.contains("'http://10.0.0.1:80/a$(id)'") })
  }
}
