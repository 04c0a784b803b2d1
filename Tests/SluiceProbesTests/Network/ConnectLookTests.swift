import SluiceConfiguration
import SluiceIncidents
import Testing

@testable import SluiceProbes

@Suite struct ConnectLookTests {
  private func look(_ addresses: [String], listeners: [ListenAddress] = []) async throws -> [ConnectionSeen] {
    var target = try ProbeTarget(url: "http://app.test")
    target.listeners = listeners
    return try #require(await ConnectLook.look(addresses, of: target, within: .milliseconds(300)).value)
  }

  @Test func eachAddressIsTriedAndSaysWhatBecameOfIt() async throws {
    let origin = try ScriptedOrigin { $0.hang() }
    defer { origin.stop() }
    let open = "127.0.0.1:\(origin.port)"
    let seen = try await look([open, "127.0.0.2:1", "unix:/nowhere/app.sock", "255.255.255.255:80"])
    #expect(seen.map(\.address) == [open, "127.0.0.2:1", "unix:/nowhere/app.sock", "255.255.255.255:80"])
    #expect(seen[0].cause == nil)
    #expect(seen[0].localAddress?.hasPrefix("127.0.0.1:") == true)
    #expect(seen[1].cause == "connect_refused")
    #expect(seen[1].errno == "ECONNREFUSED")
    #expect(seen[1].icmp == nil)
    #expect(seen[2].cause == "unix_socket_missing")
    #expect(seen[2].errno == "ENOENT")
    #expect(seen[2].route == nil)
    #expect(seen[3].errno != nil)
  }

  @Test func aListenerOfOurOwnIsKnown() async throws {
    let origin = try ScriptedOrigin { $0.hang() }
    defer { origin.stop() }
    let here = "127.0.0.1:\(origin.port)"
    for host in ["127.0.0.1", "0.0.0.0", "::", "localhost"] {
      let listener = ListenAddress.tcp(host: host, port: origin.port)
      #expect(try await look([here], listeners: [listener])[0].isOurListener, "\(host)")
    }
    let others = [ListenAddress.tcp(host: "127.0.0.1", port: 1), .tcp(host: "192.0.2.1", port: origin.port)]
    #expect(try await look([here], listeners: others)[0].isOurListener == false)
    #expect(try await look(["unix:/a.sock"], listeners: [.unix(path: "/a.sock")])[0].isOurListener)
  }
}
