import SluiceIncidents
import TestSupport
import Testing

@testable import SluiceProbes

@Suite struct ResolveLookTests {
  private func look(
    _ server: StubDNSServer, name: String = "app.sluice.test", hosts: String? = nil
  ) async throws -> ResolutionSeen {
    var target = try ProbeTarget(url: "http://\(name):80")
    target.resolver.servers = [server.address]
    let found = await ResolveLook.look(target, within: .seconds(20), hosts: hosts)
    return try #require(found?.seen.value)
  }

  @Test func recordsOfBothFamiliesWithTheirTimes() async throws {
    let server = try StubDNSServer { question in
      [
        question.type == 1
          ? question.response(answers: [.a(question.name, [192, 0, 2, 1], ttl: 86_400)])
          : question.response(answers: [.aaaa(question.name, last: 1, ttl: 60)])
      ]
    }
    defer { server.stop() }
    let seen = try await look(server)
    #expect(seen.cause == nil)
    #expect(seen.responseCode == "NOERROR")
    #expect(
      seen.records == [
        AddressRecord(address: "192.0.2.1", timeToLive: 86_400),
        AddressRecord(address: "2001:db8::1", timeToLive: 60),
      ])
    #expect(seen.addresses == ["2001:db8::1", "192.0.2.1"])
    #expect(seen.resolvers == [server.address.description])
    #expect(seen.missingFamily == nil)
  }

  @Test func aNameThatIsGone() async throws {
    let server = try StubDNSServer { [$0.response(rcode: 3)] }
    defer { server.stop() }
    let seen = try await look(server)
    #expect(seen.cause == "dns_nxdomain")
    #expect(seen.responseCode == "NXDOMAIN")
    #expect(seen.addresses.isEmpty)
  }

  @Test func aFamilyWithoutAnAnswerIsNamed() async throws {
    let server = try StubDNSServer { question in
      question.type == 1 ? [question.response(answers: [.a(question.name, [192, 0, 2, 1], ttl: 9)])] : []
    }
    defer { server.stop() }
    let seen = try await look(server)
    #expect(seen.addresses == ["192.0.2.1"])
    #expect(seen.missingFamily == "IPv6")
  }

  @Test func theHostsFileSpeaksAndDNSIsAskedAllTheSame() async throws {
    let server = try StubDNSServer { question in
      [question.response(answers: question.type == 1 ? [.a(question.name, [192, 0, 2, 1], ttl: 9)] : [])]
    }
    defer { server.stop() }
    let hosts = try TextFile("127.0.0.9 app.sluice.test\n")
    let seen = try await look(server, hosts: hosts.path)
    #expect(seen.hostsFile == ["127.0.0.9"])
    #expect(seen.addresses == ["127.0.0.9"])
    #expect(seen.records.map(\.address) == ["192.0.2.1"])
  }

  @Test func anAddressHasNoName() async throws {
    #expect(await ResolveLook.look(try ProbeTarget(url: "http://127.0.0.1:1"), within: .seconds(1)) == nil)
    #expect(await ResolveLook.look(try ProbeTarget(url: "unix:/run/app.sock"), within: .seconds(1)) == nil)
  }
}
