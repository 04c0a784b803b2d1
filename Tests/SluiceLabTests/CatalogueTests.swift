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
    let wanted = [8, 9, 10, 11, 13, 14, 23, 25, 26, 27, 28, 29, 30, 31, 33, 34, 35, 36, 37, 38, 39, 40, 41, 43, 44, 57]
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
    let first = try scenario("connect-refused")
    #expect(
      LabText.json(of: first)
        == "{\"name\":\"connect-refused\",\"summary\":\"Nobody listens on this port.\",\"row\":8,"
        + "\"reach\":{\"port\":\"connect-refused\"},\"request\":{\"method\":\"GET\",\"bodyBytes\":0,"
        + "\"chunked\":false,\"headers\":[],\"requests\":1,\"pause\":0},\"expected\":{\"cause\":\"connect_refused\","
        + "\"status\":502,\"proxyErrorType\":\"connection_refused\",\"who\":\"application\","
        + "\"alternativeCauses\":[],\"mayAbort\":false,\"maySucceed\":false,\"timing\":\"immediate\"}}")
    #expect(LabText.string("a\"\\\n\u{1}ü") == "\"a\\\"\\\\\\n\\u0001ü\"")
  }
}
