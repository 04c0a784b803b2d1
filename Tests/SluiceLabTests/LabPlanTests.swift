import Foundation
import NIOCore
import NIOPosix
import TestSupport
import Testing

@testable import SluiceLab

/// A lab at addresses that are known before it runs.
struct LabPlanTests {
  /// A plan with ports that the system gives to nobody by itself: between two labs on the same ports another test's
  /// connection could get one of them otherwise. Where somebody has them all the same, the next ones are tried.
  private static func withPlannedLab(_ body: (LabPlan, LabServer) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("l\(UInt32.random(in: 0 ... .max))").path
    for _ in 0..<20 {
      let port = Int.random(in: 12_000..<32_000)
      let plan = LabPlan(host: "127.0.0.1", port: port, portsFrom: port + 1, sockets: folder)
      guard plan.problem == nil, let lab = try await Self.start(plan) else { continue }
      do {
        try await body(plan, lab)
        try await lab.stop()
      } catch {
        try await lab.stop()
        throw error
      }
      return
    }
    Issue.record("no run of free ports was found")
  }

  /// nil where somebody else has one of the ports.
  private static func start(_ plan: LabPlan) async throws -> LabServer? {
    do {
      return try await LabServer.start(plan, group: MultiThreadedEventLoopGroup.singleton)
    } catch let error as IOError where error.errnoCode == EADDRINUSE {
      return nil
    } catch LabError.systemCall("bind", errno: EADDRINUSE) {
      return nil
    }
  }

  @Test func everyAddressIsTheOneThatWasPlanned() async throws {
    try await Self.withPlannedLab { plan, lab in
      for scenario in LabCatalogue.scenarios {
        #expect(lab.port(of: scenario) == plan.port(of: scenario), "\(scenario.name)")
        #expect(lab.unixPath(of: scenario) == plan.unixPath(of: scenario), "\(scenario.name)")
      }
      #expect(lab.routes == plan.routes)
      let ssh = try #require(plan.port(of: scenario("ssh-port")))
      let greeting = try await blocking { () -> [UInt8] in
        let client = try RawClient(port: ssh)
        return client.readThrough(Array("\r\n".utf8)) ?? []
      }
      #expect(text(greeting) == "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")
    }
  }

  /// Connections that the lab ended are remembered by the kernel for a minute, and a lab that was killed leaves its
  /// sockets behind.
  @Test func startsAgainAtTheSameAddressesAtOnce() async throws {
    try await Self.withPlannedLab { plan, lab in
      let closing = try #require(plan.port(of: scenario("close-at-accept")))
      _ = try await blocking { try RawClient(port: closing).readToEnd() }
      try await lab.stop()
      let folder = try #require(plan.sockets)
      let left = try LabFolder.named(folder)
      var stale = try RawSocket.bound(to: SocketAddress(unixDomainSocketPath: left.file("unix-healthy")))
      stale.close()
      let again = try await LabServer.start(plan, group: MultiThreadedEventLoopGroup.singleton)
      #expect(again.port == lab.port)
      try await again.stop()
      #expect(!FileManager.default.fileExists(atPath: folder))
    }
  }

  @Test func socketsInANamedFolderAreForEveryUser() async throws {
    try await Self.withPlannedLab { plan, _ in
      let healthy = try #require(plan.unixPath(of: scenario("unix-healthy")))
      let forbidden = try #require(plan.unixPath(of: scenario("unix-socket-permission")))
      let rights = { (path: String) in
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      }
      #expect(try rights(healthy) == 0o666)
      #expect(try rights(forbidden) == 0)
    }
  }

  @Test func aFolderThatIsNoneIsRefused() async throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("f\(UInt32.random(in: 0 ... .max))").path
    try Data().write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    var plan = LabPlan()
    plan.sockets = path
    await #expect(throws: LabError.self) {
      try await LabServer.start(plan, group: MultiThreadedEventLoopGroup.singleton)
    }
  }

  @Test func impossibleAddressesAreNamed() {
    let own = LabPlan.portNames.count
    #expect(LabPlan(host: "127.0.0.1", port: 9500, portsFrom: 9501, sockets: "/run/lab").problem == nil)
    #expect(LabPlan(host: "127.0.0.1", port: 9503, portsFrom: 9501, sockets: "/run/lab").problem != nil)
    #expect(LabPlan(host: "127.0.0.1", port: 9500, portsFrom: 65_536 - own, sockets: "/run/lab").problem == nil)
    #expect(LabPlan(host: "127.0.0.1", port: 9500, portsFrom: 65_537 - own, sockets: "/run/lab").problem != nil)
    #expect(LabPlan(host: "127.0.0.1", port: 65_536, portsFrom: 9501, sockets: "/run/lab").problem != nil)
    let long = String(repeating: "f", count: 100)
    #expect(LabPlan(host: "127.0.0.1", port: 9500, portsFrom: 9501, sockets: "/\(long)").problem != nil)
    #expect(LabPlan.standardSockets(temporary: "/\(long)") == "/tmp/sluice-lab")
    #expect(LabPlan.standardSockets(temporary: "/var/tmp/") == "/var/tmp/sluice-lab")
    // The longest path that the rules allow fits into a socket address.
    let longest =
      LabCatalogue.scenarios.compactMap { scenario -> Int? in
        if case .unix(let name) = scenario.reach { name.utf8.count } else { nil }
      }.max() ?? 0
    #expect(LabFolder.baseBytesMax + 16 + 1 + longest <= 107)
  }
}
