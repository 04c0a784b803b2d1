import Foundation
import SluiceDiagnosis
import SluiceIncidents
import SluiceProbes
import TestSupport
import Testing

extension Integration {
  /// Deploys in front of a running gateway: blamed where they did it, and only there.
  @Suite(.timeLimit(.minutes(2))) struct DeployTests {
    /// Milliseconds of one part of the counts, so that a test need not take minutes.
    private static let span: Int64 = 200
    private static let before: TimeInterval = 2
    private static let since: TimeInterval = 2.5

    private static func mark(_ gateway: GatewayHarness) -> Bool {
      let time = Int64(Date().timeIntervalSince1970 * 1000)
      return gateway.gateway.note(Change(kind: .deploy, time: time, text: "app v42", upstream: "app"))
    }

    /// Requests one after the other on some connections.
    private static func load(_ gateway: GatewayHarness, for seconds: TimeInterval) async throws {
      let (port, end) = (gateway.port, Date() + seconds)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<4 {
          group.addTask {
            try await blocking {
              let client = try RawClient(port: port)
              while Date() < end {
                _ = client.exchange("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
                usleep(5_000)
              }
            }
          }
        }
        try await group.waitForAll()
      }
    }

    /// What the doctor makes of a gateway's life, from its store alone.
    private func examine(
      _ body: @escaping (GatewayHarness, SwitchableOrigin) async throws -> Void
    ) async throws -> Examination {
      let run = try IncidentRun()
      defer { run.remove() }
      let behaviour = SwitchableOrigin()
      let port = try await withOrigin(answer: { behaviour.answer($0) }) { origin in
        let yaml = """
          listeners: [{ address: '127.0.0.1:0' }]
          upstreams: { app: { endpoints: ['http://127.0.0.1:\(origin.port)'], retry: { attempts: 1 } } }
          """
        let gateway = try await GatewayHarness.start(yaml, store: run.store, trafficSpan: Self.span)
        do {
          try await body(gateway, behaviour)
        } catch {
          await gateway.stop()
          throw error
        }
        await gateway.stop()
        return origin.port
      }
      let now = Int64(Date().timeIntervalSince1970 * 1000)
      var examination = Examination(
        time: now,
        target: ExaminationTarget(
          endpoint: "http://127.0.0.1:\(port)", upstream: "app", isTLS: false, host: "127.0.0.1", port: UInt16(port),
          socketPath: nil, path: "/"))
      examination.deploys = await DeployLook.look(
        upstream: "app", endpoint: examination.target.endpoint, moment: now, reader: try run.reader())
      return examination
    }

    private func test(_ measure: ChangeTest.Measure, _ examination: Examination) throws -> ChangeTest {
      let tests = try #require(examination.deploys?.value?.tests)
      return try #require(tests.first { $0.measure == measure && $0.change.kind == .deploy })
    }

    @Test func aDeployThatFailsIsBlamed() async throws {
      let examination = try await examine { gateway, origin in
        try await Self.load(gateway, for: Self.before)
        #expect(Self.mark(gateway))
        origin.become { $0.status = 500 }
        try await Self.load(gateway, for: Self.since)
      }
      let test = try test(.failures, examination)
      #expect(test.outcome == .began, "\(test)")
      #expect(test.before.failures == 0 && test.after.failures > 100)
      #expect(diagnose(examination).verdict.cause == "deploy_regression")
      #expect(diagnose(examination).verdict.sentence.contains("by Fisher's exact test: 0 of "))
    }

    @Test func aDeployThatDoublesLatencyIsBlamedForThat() async throws {
      let examination = try await examine { gateway, origin in
        origin.become { $0.delay = 15 }
        try await Self.load(gateway, for: Self.before)
        #expect(Self.mark(gateway))
        origin.become { $0.delay = 35 }
        try await Self.load(gateway, for: Self.since)
      }
      let test = try test(.latency, examination)
      #expect(test.outcome == .began, "\(test)")
      #expect(try self.test(.failures, examination).outcome == .noDifference)
      #expect(diagnose(examination).verdict.cause == "deploy_slower")
    }

    @Test func failuresThatBeganBeforeAreNotBlamedOnTheDeploy() async throws {
      let examination = try await examine { gateway, origin in
        try await Self.load(gateway, for: Self.before)
        origin.become { $0.status = 500 }
        try await Self.load(gateway, for: 1.2)
        #expect(Self.mark(gateway))
        try await Self.load(gateway, for: Self.since)
      }
      let test = try test(.failures, examination)
      #expect(test.outcome == .beganBefore, "\(test)")
      let diagnosis = diagnose(examination)
      #expect(!diagnosis.candidates.contains { $0.who == "deploy" })
      let report = try #require(StepReport.of(.deploys, in: examination))
      #expect(report.findings.contains { $0.text.hasPrefix("Failures did not begin with the deploy \"app v42\"") })
    }

    @Test func anotherVersionIsNoticedOnceAndTheFailuresAreIts() async throws {
      let examination = try await examine { gateway, origin in
        try await Self.load(gateway, for: Self.before)
        // A restart closes the connections; the new version fails.
        origin.become { $0.closes = true }
        try await Self.load(gateway, for: 0.1)
        origin.become { behaviour in
          behaviour.version = "42"
          behaviour.status = 500
        }
        try await Self.load(gateway, for: Self.since)
      }
      let deploys = try #require(examination.deploys?.value)
      #expect(deploys.changes.filter { $0.kind == .version }.count == 1)
      #expect(deploys.differences.map(\.after) == ["X-Version 42"])
      let diagnosis = diagnose(examination)
      #expect(diagnosis.verdict.cause == "deploy_regression", "\(deploys.tests)")
      #expect(diagnosis.verdict.sentence.contains("another version"))
    }

    @Test func aReloadThatChangesEndpointsIsToldWithWhatItChanged() async throws {
      let examination = try await examine { gateway, _ in
        try await withOrigin { other in
          let yaml = """
            listeners: [{ address: '127.0.0.1:0' }]
            upstreams: { app: { endpoints: ['http://127.0.0.1:\(other.port)'] } }
            """
          try await gateway.gateway.reload(GatewayHarness.load(yaml, log: gateway.log.path))
        }
      }
      let changes = try #require(examination.deploys?.value?.changes)
      let change = try #require(changes.first { $0.kind == .endpoints })
      #expect(change.upstream == "app")
      #expect(change.text.hasPrefix("added http://127.0.0.1:"))
      #expect(change.text.hasSuffix("removed \(examination.target.endpoint)"))
      #expect(changes.contains { $0.kind == .reload })
    }
  }
}
