import Foundation
import SluiceGateway
import Synchronization
import TestSupport
import Testing

extension Integration {
  /// Draining endpoints, and those that are there for the case that others are not.
  @Suite struct EndpointDrainTests {
    private final class FailureList: Sendable {
      private let list = Mutex<[String]>([])
      func add(_ text: String) { list.withLock { $0.append(text) } }
      var all: [String] { list.withLock { $0 } }
    }

    @Test(.timeLimit(.minutes(1)))
    func drainingAndTakingBackLosesNoRequest() async throws {
      try await withGatewayAndOrigins(2, upstream: "slowStart: 100ms") { (gateway, origins) async throws in
        let (isOver, answered, failures) = (SharedNumber(0), SharedNumber(0), FailureList())
        try await withThrowingTaskGroup(of: Void.self) { group in
          for _ in 0..<4 {
            group.addTask {
              try await blocking {
                let client = try RawClient(port: gateway.port)
                while isOver.value == 0 {
                  let response = client.exchange("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
                  if response.status == 200 { answered.add(1) } else { failures.add("\(response)") }
                }
              }
            }
          }
          for round in 0..<10 {
            let endpoint = round % 2 == 0 ? origins.url(0) : "127.0.0.1:\(origins.ports[0])"
            #expect(await gateway.gateway.setDraining(upstream: "app", endpoint: endpoint, isDraining: true) != nil)
            #expect(await gateway.standings()[0] == "draining")
            // What is under way ends, and nothing is kept for later.
            let isEmpty = await eventually(within: 2) { origins.openConnections(0) == 0 }
            #expect(isEmpty, "connections to a drained endpoint stay open")
            origins.clear()
            let before = answered.value
            _ = await eventually { answered.value > before + 50 }
            #expect(origins.received(0).isEmpty, "a drained endpoint got a request")
            #expect(await gateway.gateway.setDraining(upstream: "app", endpoint: endpoint, isDraining: false) != nil)
            let isUsed = await eventually { !origins.received(0).isEmpty }
            #expect(isUsed)
          }
          isOver.value = 1
          try await group.waitForAll()
        }
        #expect(failures.all.isEmpty, "\(failures.all.prefix(3))")
        #expect(answered.value > 500)
      }
    }

    @Test func nobodyIsKeptAtADrainingEndpoint() async throws {
      try await withGatewayAndOrigins(2, upstream: "sticky: { cookie: place }") { (gateway, origins) async throws in
        let given = try await gateway.get("/")
        let cookie = try #require(given["set-cookie"]?.split(separator: ";").first.map(String.init))
        let own = try #require(Int(given.bodyText))
        await gateway.gateway.setDraining(upstream: "app", endpoint: origins.url(own), isDraining: true)
        let moved = try await gateway.get("/", "Cookie: \(cookie)")
        #expect(moved.bodyText == "\(1 - own)" && moved["set-cookie"] != nil)
      }
    }

    @Test func allDrainingIsAnswered503() async throws {
      let endpoints = { (origins: OriginGroup) in
        "{ url: '\(origins.url(0))', drain: true }, '\(origins.url(1))'"
      }
      try await withGatewayAndOrigins(2, upstream: "slowStart: 0s", endpoints: endpoints) {
        (gateway, origins) async throws in
        #expect(await gateway.standings() == ["draining", "healthy"])
        #expect(try await gateway.answers(6) == ["1": 6])
        #expect(await gateway.gateway.setDraining(upstream: "app", endpoint: origins.url(1), isDraining: true) != nil)
        let response = try await gateway.get("/")
        #expect(response.status == 503 && response["retry-after"] != nil)
        #expect(response["proxy-status"]?.contains("all_draining") == true)
        #expect(await gateway.gateway.setDraining(upstream: "app", endpoint: origins.url(0), isDraining: false) != nil)
        #expect(try await gateway.answers(6) == ["0": 6])
      }
    }

    @Test func unknownNamesAreTold() async throws {
      try await withGatewayAndOrigins(1, upstream: "slowStart: 0s") { (gateway, origins) async throws in
        #expect(await gateway.gateway.setDraining(upstream: "no", endpoint: origins.url(0), isDraining: true) == nil)
        #expect(await gateway.gateway.setDraining(upstream: "app", endpoint: "no", isDraining: true) == nil)
        #expect(await gateway.gateway.endpoints(ofUpstream: "no").isEmpty)
        #expect(await gateway.standings() == ["healthy"])
      }
    }

    @Test func aBackupIsUsedOnlyWhereItIsNeeded() async throws {
      let endpoints = { (origins: OriginGroup) in
        "{ url: '\(origins.url(0))' }, { url: '\(origins.url(1))', backup: true }, "
          + "{ url: '\(origins.url(2))', priority: 2 }"
      }
      let upstream = "ejection: { time: 200ms, share: 100% }, slowStart: 0s"
      try await withGatewayAndOrigins(3, upstream: upstream, endpoints: endpoints) { (gateway, origins) async throws in
        #expect(try await gateway.answers(20) == ["0": 20])
        origins.stop(0)
        #expect(try await gateway.answers(10) == ["1": 10])
        let records = try await gateway.log.records(atLeast: 10) { $0.attempts?.last?.endpoint == origins.url(1) }
        #expect(records.count == 10 && records.allSatisfy { $0.attempts?.last?.pick == "backup" })
        origins.stop(1)
        #expect(try await gateway.answers(10) == ["2": 10])
        try origins.restart(0)
        let isBack = try await eventually {
          try await gateway.answers(1).keys.first == "0" && gateway.log.records().last?.attempts?.last?.pick == nil
        }
        #expect(isBack)
        #expect(try await gateway.answers(20) == ["0": 20])
      }
    }
  }
}
