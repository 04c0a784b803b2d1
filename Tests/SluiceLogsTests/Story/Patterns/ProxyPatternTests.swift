import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("The proxy's own restarts")
struct ProxyPatternTests {
  private func verdict(_ kind: LogEvent.Kind, at time: Double, served: Bool = true) throws -> LogProblem {
    let entries = (0..<4).map { Made.error(.connectRefused, at: 100 + Double($0), upstream: "api") { $0.path = nil } }
    let tally = Made.tally(from: served ? 0 : 110, through: 600, each: 100, upstream: "api")
    return try #require(Made.report([Made.event(kind, at: time)] + entries, tally: tally).problems.first)
  }

  @Test("failures only around it are put down to it")
  func around() throws {
    #expect(try verdict(.proxyReloaded, at: 99).verdict.cause == "configuration_change")
    let stopped = try verdict(.proxyStopping, at: 99)
    #expect(stopped.verdict.cause == "proxy_draining" && stopped.verdict.who == "gateway")
    #expect(try verdict(.proxyCrashed, at: 99).verdict.cause == "proxy_bug")
  }

  @Test("another time, or a start before which nothing was, explains nothing")
  func elsewhere() throws {
    #expect(try verdict(.proxyReloaded, at: 70).verdict.cause == "deploy_restart")
    #expect(try verdict(.proxyStarted, at: 99, served: false).verdict.cause == "deploy_restart")
  }
}
