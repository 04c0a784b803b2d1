import Foundation
import SluiceIncidents
import TestSupport
import Testing

extension Integration.Prevention {
  /// Descriptors and ports are the gateway's own: when they run out no endpoint is to blame, and it passes with the load.
  @Suite struct OwnLimitsTests {
    /// Of a gateway that needs some forty for itself.
    private static let descriptors = 90
    private static let ports = 40_000...40_007

    private static let isNetworkNamespacePossible: Bool = {
      guard geteuid() == 0 else { return false }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["unshare", "--net", "ip", "link", "set", "lo", "up"]
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      guard (try? process.run()) != nil else { return false }
      process.waitUntilExit()
      return process.terminationStatus == 0
    }()

    @Test(.timeLimit(.minutes(2)))
    func descriptorsThatRunOutAreTheGatewaysFaultAndPass() async throws {
      let folder = try TestFolder()
      let journals = [Journal(in: folder, "first"), Journal(in: folder, "second")]
      let places = [try listenPort(), try listenPort()]
      var applications: [RunningProcess] = []
      for (journal, port) in zip(journals, places) {
        let command = Application.command(.node, port: port, journal: journal, keepAlive: 5000, delay: 200)
        applications.append(try RunningProcess(command, in: folder))
        try await applications.last?.listens(on: port)
      }
      let gateway = try await BuiltGateway.start(
        upstreams: "  app: { endpoints: ['http://127.0.0.1:\(places[0])', 'http://127.0.0.1:\(places[1])'] }",
        wrapper: ["prlimit", "--nofile=\(Self.descriptors):\(Self.descriptors)"], in: folder)
      try await Self.expectOwnFaultAndRecovery(
        gateway, journals, cause: "local_fds_or_memory", crowd: ["--rate", "150", "--seconds", "2", "--close"],
        load: { try Load(port: gateway.port, $0, in: folder) })
      for application in applications { await application.stop() }
    }

    @Test(
      .timeLimit(.minutes(2)), .enabled(if: isNetworkNamespacePossible, "a network namespace of its own needs root"))
    func portsThatRunOutAreTheGatewaysFaultAndPass() async throws {
      let folder = try TestFolder()
      let journals = [Journal(in: folder, "first"), Journal(in: folder, "second")]
      let socket = folder.file("listener")
      // The first application makes the namespace and the others join it.
      let range = "\(Self.ports.lowerBound) \(Self.ports.upperBound)"
      let prepare = "ip link set lo up && echo '\(range)' >/proc/sys/net/ipv4/ip_local_port_range && exec \"$@\""
      let first = Application.command(.node, port: 3000, journal: journals[0], keepAlive: 5000, delay: 200)
      let second = Application.command(.node, port: 3001, journal: journals[1], keepAlive: 5000, delay: 200)
      let maker = try RunningProcess(["unshare", "--net", "sh", "-c", prepare, "sh"] + first, in: folder)
      let join = ["nsenter", "--net=/proc/\(maker.pid)/ns/net"]
      let isReady = await eventually(within: 10) {
        (try? String(contentsOfFile: "/proc/\(maker.pid)/comm", encoding: .utf8))?.contains("node") == true
      }
      try #require(isReady, "\(maker.errorText)")
      let other = try RunningProcess(join + second, in: folder)
      let gateway = try await BuiltGateway.start(
        upstreams: "  app: { endpoints: ['http://127.0.0.1:3000', 'http://127.0.0.1:3001'] }", socket: socket,
        wrapper: join, in: folder)
      try await Self.expectOwnFaultAndRecovery(
        gateway, journals, cause: "local_ports_exhausted", crowd: ["--rate", "150", "--seconds", "2"],
        load: { try Load(unixPath: socket, $0, in: folder) })
      await other.stop()
      await maker.stop()
    }

    private static func expectOwnFaultAndRecovery(
      _ gateway: BuiltGateway, _ journals: [Journal], cause: String, crowd: [String], load: ([String]) throws -> Load
    ) async throws {
      // A warm-up that both endpoints answer.
      let before = try await load(["--rate", "10", "--seconds", "1", "--prefix", "before-"]).results()
      let crowded = try await load(crowd + ["--prefix", "crowd-"]).results()
      let served = try journals.map { try $0.lines().count }
      // A port that we closed rests for a second before the kernel gives it out again.
      try await Task.sleep(for: .seconds(2))
      let after = try await load(["--rate", "20", "--seconds", "2", "--prefix", "after-"]).results()
      await gateway.stop()

      let records = try gateway.recordsByKey()
      let calm = (before + after).filter { !$0.isGood }
      #expect(calm.isEmpty, "outside the crowd: \(diagnosis(calm, records))")
      let odd = crowded.filter { !$0.isGood && !($0.status == 503 && $0.failure == nil && $0.retryAfter != nil) }
      #expect(odd.isEmpty, "neither 200 nor 503 with Retry-After: \(diagnosis(odd, records))")
      let refused = crowded.filter { $0.status == 503 }
      #expect(!refused.isEmpty, "the limit was never reached")
      let blamed = refused.filter { result in
        let record = records[result.key]?.first
        return record?.cause != cause || !["gateway", "machine"].contains(record?.who ?? "")
      }
      #expect(blamed.isEmpty, "another cause than \(cause): \(diagnosis(blamed, records))")
      // An endpoint that was ejected gets nothing of what comes right afterwards.
      for (index, journal) in journals.enumerated() {
        let now = try journal.lines().count
        #expect(now > served[index], "endpoint \(index) got none of \(after.count) requests afterwards")
      }
    }
  }
}
