import Foundation
import SluiceGateway
import SluiceIncidents
import TestSupport
import Testing

extension Integration {
  /// Endpoints that fail are left out, and come back through a probe.
  @Suite struct EjectionTests {
    private static let quick = "balance: roundRobin, ejection: { time: 200ms, timeMax: 400ms }, slowStart: 0s"

    @Test func aRefusingEndpointIsAskedByOneRequestAtATimeUntilItIsBack() async throws {
      try await withGatewayAndOrigins(2, upstream: Self.quick) { (gateway, origins) async throws in
        #expect(try await gateway.answers(10).count == 2)
        origins.stop(0)
        #expect(try await gateway.answers(20) == ["1": 20], "a request met the endpoint that is gone")
        #expect(await gateway.standings() == ["ejected", "healthy"])
        var records = try await gateway.log.records(atLeast: 30)
        let met = records.filter { $0.attempts?.contains { $0.cause != nil } == true }
        // The first one finds out, perhaps by an idle connection first; within 200 ms nobody else does.
        #expect(met.count <= 3, "\(met.count) of 20 met the endpoint that is gone")
        // Probes go on and fail, and no client sees it.
        let isProbed = try await eventually {
          let response = try await gateway.get("/")
          #expect(response.status == 200)
          records = try gateway.log.records()
          return records.contains {
            $0.attempts?.first?.pick == "probe" && $0.attempts?.first?.cause == "connect_refused"
          }
        }
        #expect(isProbed)
        #expect(await gateway.gateway.endpoints(ofUpstream: "app")[0].reason == "probe failed: connect_refused")

        try origins.restart(0)
        let isBack = try await eventually {
          let response = try await gateway.get("/")
          #expect(response.status == 200)
          return await gateway.standings()[0] == "healthy"
        }
        #expect(isBack)
        _ = await eventually { (try? gateway.log.records().last?.attempts?.last?.pick) == "probe" }
        #expect(try gateway.log.records().contains { $0.attempts?.last?.pick == "probe" && $0.cause == nil })
        #expect(try await gateway.answers(20).keys.sorted() == ["0", "1"])
      }
    }

    @Test func aRequestThatMustNotBeRepeatedIsNoProbe() async throws {
      try await withGatewayAndOrigins(2, upstream: Self.quick) { (gateway, origins) async throws in
        origins.stop(0)
        _ = try await gateway.answers(4)
        #expect(await gateway.standings()[0] == "ejected")
        try origins.restart(0)
        try await Task.sleep(for: .milliseconds(500))
        #expect(try await gateway.answers(10, "POST") == ["1": 10])
        #expect(await gateway.standings()[0] == "ejected")
        _ = try await gateway.answers(1)
        #expect(await gateway.standings()[0] == "healthy")
      }
    }

    @Test func atMostHalfAreLeftOutAndNoRequestIsLost() async throws {
      try await withGatewayAndOrigins(4, upstream: Self.quick + ", retry: { attempts: 4 }") {
        (gateway, origins) async throws in
        for index in 0..<3 { origins.stop(index) }
        #expect(try await gateway.answers(30) == ["3": 30])
        #expect(await gateway.standings().count { $0 == "ejected" } == 2)
        #expect(await gateway.standings()[3] == "healthy")
      }
    }

    @Test func theOnlyEndpointIsNeverLeftOut() async throws {
      try await withGatewayAndOrigins(1, upstream: Self.quick) { (gateway, origins) async throws in
        origins.stop(0)
        #expect(try await gateway.answers(5) == ["502": 5])
        #expect(await gateway.standings() == ["healthy"])
        try origins.restart(0)
        #expect(try await gateway.answers(5) == ["0": 5])
      }
    }

    /// Both go, one after the other, and the one that is ejected is back first.
    @Test func anEjectedEndpointIsTheLastResortOfARequest() async throws {
      let upstream = "balance: roundRobin, ejection: { time: 30s }, slowStart: 0s"
      try await withGatewayAndOrigins(2, upstream: upstream) { (gateway, origins) async throws in
        origins.stop(0)
        _ = try await gateway.answers(4)
        #expect(await gateway.standings() == ["ejected", "healthy"])
        try origins.restart(0)
        origins.stop(1)
        #expect(try await gateway.answers(1) == ["0": 1])
        let records = try await gateway.log.records(atLeast: 1) { $0.attempts?.last?.pick == "last_resort" }
        #expect(records.count == 1)
        // Its answer brought it back, and now the other may be left out.
        #expect(try await gateway.answers(10) == ["0": 10])
        #expect(await gateway.standings() == ["healthy", "ejected"])
      }
    }

    @Test func theApplicationsOwnErrorsAreNoFailuresOfTheConnection() async throws {
      try await withGatewayAndOrigins(2, upstream: Self.quick) { (gateway, origins) async throws in
        origins.statuses[0].value = 500
        let answers = try await gateway.answers(60)
        #expect(answers.keys.sorted() == ["1", "500"])
        #expect(await gateway.standings() == ["healthy", "healthy"])
        // With enough of them it is told apart from its peer.
        let isOut = try await eventually(within: 20) {
          _ = try await gateway.answers(40)
          return await gateway.standings()[0] == "ejected"
        }
        #expect(isOut)
        #expect(await gateway.gateway.endpoints(ofUpstream: "app")[0].reason.contains("0%"))
      }
    }

    @Test func errorsOfAllEjectNobody() async throws {
      try await withGatewayAndOrigins(2, upstream: Self.quick) { (gateway, origins) async throws in
        for status in origins.statuses { status.value = 503 }
        #expect(try await gateway.answers(260) == ["503": 260])
        // Two ticks that judge.
        try await Task.sleep(for: .milliseconds(2200))
        #expect(await gateway.standings() == ["healthy", "healthy"])
      }
    }

    @Test func whatAReloadKeepsStaysEjected() async throws {
      let upstream = "balance: roundRobin, ejection: { time: 30s }"
      try await withGatewayAndOrigins(3, upstream: upstream) { (gateway, origins) async throws in
        origins.stop(0)
        _ = try await gateway.answers(6)
        #expect(await gateway.standings() == ["ejected", "healthy", "healthy"])
        let yaml = healthYAML(origins, upstream: upstream) { "'\($0.url(1))', '\($0.url(0))'" }
        try await gateway.gateway.reload(GatewayHarness.load(yaml, log: gateway.log.path))
        #expect(await gateway.standings() == ["healthy", "ejected"])
        let before = try await gateway.log.records(atLeast: 6).count
        #expect(try await gateway.answers(10) == ["1": 10])
        let records = try await gateway.log.records(atLeast: before + 10).suffix(10)
        #expect(records.allSatisfy { $0.attempts?.count == 1 })
      }
    }

    @Test func switchedOffEachRequestFindsOutForItself() async throws {
      try await withGatewayAndOrigins(2, upstream: "balance: roundRobin, ejection: off") {
        (gateway, origins) async throws in
        origins.stop(0)
        #expect(try await gateway.answers(10) == ["1": 10])
        #expect(await gateway.standings() == ["healthy", "healthy"])
        let records = try await gateway.log.records(atLeast: 10)
        #expect(records.count { $0.attempts?.count == 2 } >= 4)
      }
    }

    @Test func anIncidentShowsHowTheEndpointsStood() async throws {
      let run = try IncidentRun()
      defer { run.remove() }
      let origins = try OriginGroup(2)
      defer { origins.stopAll() }
      let yaml = healthYAML(origins, upstream: "balance: roundRobin, ejection: { time: 30s }")
      let id = try await run.gateway(yaml) { gateway in
        for index in 0..<2 { origins.stop(index) }
        let response = try await gateway.get("/")
        #expect(response.status == 502)
        return try #require(response["sluice-incident"])
      }
      let endpoints = try #require(try run.incident(id).evidence?.endpoints)
      #expect(endpoints.map(\.standing).sorted { ($0 ?? "") < ($1 ?? "") } == ["ejected", "healthy"])
      let ejected = try #require(endpoints.first { $0.standing == "ejected" })
      #expect(ejected.standingReason == "connect_refused" && (ejected.untilMs ?? 0) > 1000)
    }
  }
}
