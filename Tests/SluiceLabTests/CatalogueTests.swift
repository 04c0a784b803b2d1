import SluiceCore
import TestSupport
import Testing

@testable import SluiceLab

struct CatalogueTests {
  @Test func everyNameAndAddressIsUnique() {
    #expect(Set(LabCatalogue.scenarios.map(\.name)).count == LabCatalogue.scenarios.count)
    let paths = LabCatalogue.scenarios.compactMap { scenario -> String? in
      if case .path(let target) = scenario.reach { String(target.prefix { $0 != "?" }) } else { nil }
    }
    #expect(Set(paths).count == paths.count)
  }

  @Test func everyRowThatAnUpstreamCanProduceIsThere() {
    let rows = Set(LabCatalogue.scenarios.compactMap(\.row))
    let wanted = [8, 9, 10, 11, 13, 14] + Array(17...31) + Array(33...41) + Array(43...48) + [57]
    #expect(rows.isSuperset(of: wanted))
  }

  /// Two lists written apart: where they differ, one of them is wrong.
  @Test func expectationsAgreeWithTheFailureTables() {
    for scenario in LabCatalogue.scenarios {
      let expected = scenario.expected
      guard let cause = expected.cause else { continue }
      #expect(expected.owner == cause.owner, "\(scenario.name)")
      guard let status = expected.status, cause != .upstreamStatus else { continue }
      #expect(status == cause.status, "\(scenario.name)")
      if cause != .badFraming { #expect(expected.proxyErrorType == cause.proxyErrorType, "\(scenario.name)") }
    }
  }

  @Test func writesItselfAsJSON() throws {
    let json = text(LabCatalogue.json())
    #expect(json.hasPrefix("[{\"name\":\"connect-refused\",\"summary\":\"Nobody listens on this port.\",\"row\":8,"))
    let plan = LabPlan(host: "127.0.0.1", port: 9500, portsFrom: 9501, sockets: "/run/lab")
    let timeout = try scenario("connect-timeout")
    #expect(
      LabText.json(of: timeout, plan)
        == "{\"name\":\"connect-timeout\","
        + "\"summary\":\"The accept queue is full and nobody accepts: the SYN is dropped.\",\"row\":11,"
        + "\"reach\":{\"kind\":\"port\",\"host\":\"127.0.0.1\",\"port\":9503,\"socket\":null,\"target\":\"/\"},"
        + "\"transport\":\"http1\",\"gatewayTarget\":\"/lab/connect-timeout\","
        + "\"request\":{\"method\":\"GET\",\"bodyBytes\":0,"
        + "\"chunked\":false,\"headers\":[],\"requests\":1,\"pause\":0},\"expected\":{\"cause\":\"connect_timeout\","
        + "\"status\":504,\"proxyErrorType\":\"connection_timeout\",\"who\":\"network\","
        + "\"alternativeCauses\":[],\"mayAbort\":false,\"maySucceed\":false,\"timing\":\"connectTimeout\","
        + "\"indistinguishableFrom\":[\"backlog_full\"]}}")
    let missing = LabText.json(of: try scenario("unix-socket-missing"), plan)
    #expect(missing.contains("\"port\":null,\"socket\":\"/run/lab/unix-socket-missing\""))
    #expect(LabText.string("a\"\\\n\u{1}ü") == "\"a\\\"\\\\\\n\\u0001ü\"")
  }
}
