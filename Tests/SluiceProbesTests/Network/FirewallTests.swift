import Foundation
import SluiceDiagnosis
import SluiceIncidents
import Testing

@testable import SluiceProbes

/// What the kernel and a router say of packets that do not get through: two network namespaces, the one with the
/// endpoint's routes behind the other. It needs root and `ip`; elsewhere it is skipped.
@Suite(.serialized, .enabled(if: Namespaces.areUsable)) struct FirewallTests {
  @Test(.timeLimit(.minutes(1)))
  func whatARouterRejectsAndDrops() async throws {
    let spaces = try Namespaces()
    defer { spaces.remove() }
    let addresses = ["10.213.1.1:80", "10.213.2.1:80", "10.213.3.1:80"]
    let seen = try await spaces.connect(addresses, milliseconds: 600)
    #expect(seen.map(\.route) == Array(repeating: "dev near0 via 10.212.0.1", count: 3))
    // prohibit: the router sends ICMP "administratively prohibited".
    #expect(seen[0].icmp == "administratively prohibited")
    #expect(seen[0].icmpFrom == "10.212.0.1")
    #expect(Self.verdict(seen[0]).cause == "firewall")
    #expect(Self.verdict(seen[0]).sure == .certain)
    // unreachable: it says that the host is not there.
    #expect(seen[1].icmp == "host unreachable")
    #expect(Self.verdict(seen[1]).cause == "host_unreachable")
    // blackhole: it says nothing.
    #expect(seen[2].cause == "connect_timeout")
    #expect(seen[2].icmp == nil)
    #expect(Self.verdict(seen[2]).cause == "packets_dropped")
    #expect(Self.verdict(seen[2]).sure == .likely)
  }

  @Test(.timeLimit(.minutes(1)))
  func whatThisMachinesOwnRoutesForbid() async throws {
    let spaces = try Namespaces()
    defer { spaces.remove() }
    let seen = try await spaces.connect(["10.214.1.1:80", "10.214.2.1:80", "10.214.3.1:80"], milliseconds: 600)
    #expect(seen.map(\.route) == ["prohibit", "unreachable", "blackhole"])
    for connection in seen {
      #expect(connection.cause != nil && connection.cause != "connect_timeout")
      #expect(Self.verdict(connection).cause == "gateway_network")
      #expect(Self.verdict(connection).sure == .certain)
    }
  }

  private static func verdict(_ connection: ConnectionSeen) -> Verdict {
    let host = connection.address.split(separator: ":").first.map(String.init)
    var examination = Examination(
      time: 1_790_000_000_123,
      target: ExaminationTarget(
        endpoint: "http://\(connection.address)", upstream: "app", isTLS: false, host: host, port: 80, socketPath: nil,
        path: "/"))
    examination.connections = .value([connection])
    return diagnose(examination).verdict
  }
}

/// `setns(2)`, which the compiler's C library does not show; 0x40000000 is CLONE_NEWNET.
@_silgen_name("setns") private func enterNamespace(_ descriptor: Int32, _ kind: Int32) -> Int32

/// Two network namespaces with a cable between them: packets of `near` that leave it go to `far`, which forwards.
private struct Namespaces {
  private let near: String
  private let far: String

  static let areUsable: Bool = {
    guard geteuid() == 0 else { return false }
    let name = "sluice-try-\(getpid())"
    guard run("ip", "netns", "add", name) else { return false }
    return run("ip", "netns", "del", name)
  }()

  init() throws {
    let number = UInt32.random(in: 0...UInt32.max)
    near = "sluice-near-\(number)"
    far = "sluice-far-\(number)"
    // The devices are made inside, so that nothing of the machine's own network is touched.
    let lines = [
      "ip netns add \(near)", "ip netns add \(far)",
      "ip -n \(near) link add near0 type veth peer name far0 netns \(far)",
      "ip -n \(near) addr add 10.212.0.2/24 dev near0", "ip -n \(far) addr add 10.212.0.1/24 dev far0",
      "ip -n \(near) link set near0 up", "ip -n \(far) link set far0 up",
      "ip -n \(near) route add default via 10.212.0.1",
      "ip netns exec \(far) sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'",
      "ip -n \(far) route add prohibit 10.213.1.0/24", "ip -n \(far) route add unreachable 10.213.2.0/24",
      "ip -n \(far) route add blackhole 10.213.3.0/24", "ip -n \(near) route add prohibit 10.214.1.0/24",
      "ip -n \(near) route add unreachable 10.214.2.0/24", "ip -n \(near) route add blackhole 10.214.3.0/24",
    ]
    for line in lines where !Self.run("sh", "-c", line) {
      remove()
      throw CocoaError(.executableLoad, userInfo: ["command": line])
    }
  }

  func remove() {
    for name in [near, far] { _ = Self.run("ip", "netns", "del", name) }
  }

  /// On a thread that enters the namespace and ends with it.
  func connect(_ addresses: [String], milliseconds: Double) async throws -> [ConnectionSeen] {
    let path = "/var/run/netns/\(near)"
    let seen: [ConnectionSeen]? = await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        guard enterNamespace(descriptor, 0x4000_0000) == 0 else { return continuation.resume(returning: nil) }
        continuation.resume(returning: ConnectLook.connect(addresses, milliseconds: milliseconds, []))
      }
    }
    return try #require(seen)
  }

  private static func run(_ words: String...) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
