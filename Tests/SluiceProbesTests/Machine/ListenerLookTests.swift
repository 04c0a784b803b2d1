import Glibc
import SluiceCore
import SluiceIncidents
import TestSupport
import Testing

@testable import SluiceProbes

@Suite("Who listens", .timeLimit(.minutes(1)))
struct ListenerLookTests {
  private func look(
    host: String? = "127.0.0.1", port: UInt16? = nil, socket: String? = nil, addresses: [String] = [],
    history: [ProcessSighting] = []
  ) async -> Seen<ListenersSeen> {
    let target = ExaminationTarget(
      endpoint: "http://\(host ?? ""):\(port ?? 0)", upstream: nil, isTLS: false, host: host, port: port,
      socketPath: socket, path: "/")
    return await ListenerLook.look(target, addresses: addresses, history: history, within: .seconds(10))
  }

  @Test("the process that listens, with what is known of it")
  func facts() async throws {
    let application = try await AilingApplication(["serve", "--token", "hunter2"])
    let seen = try #require(await look(port: application.port).value)
    #expect(seen.here.map(\.address) == ["127.0.0.1:\(application.port)"])
    #expect(seen.here.first?.process == application.process)
    #expect(seen.here.first?.queueMax == 16)
    let process = try #require(seen.processes.first { $0.process == application.process })
    #expect(process.command.contains("ailing.py serve --token ***"))
    #expect(process.state == .sleeping)
    #expect(process.threads == 1)
    #expect(process.parent == getpid())
    #expect((process.descriptors ?? 0) >= 4)
    #expect((process.descriptorsMax ?? 0) > 0)
    #expect((process.residentBytes ?? 0) > 1 << 20)
    #expect(process.program?.contains("python") == true)
    #expect((process.cpuShare ?? 1) < 0.5)
    let age = ProbeClock.wallMilliseconds() - (process.startedAt ?? 0)
    #expect((0..<60_000).contains(age + 100))
    #expect(seen.elsewhere.isEmpty)
    #expect(seen.missing.isEmpty)
  }

  @Test("another machine is not looked at")
  func elsewhere() async {
    let seen = await look(host: "192.0.2.7", port: 80)
    guard case .notRun(let reason) = seen else { return #expect(seen == .notRun("")) }
    #expect(reason.contains("192.0.2.7:80 is another machine"))
    let nameless = await look(host: "api.example.com", port: 80)
    guard case .notRun(let reason) = nameless else { return #expect(nameless == .notRun("")) }
    #expect(reason.contains("no address"))
  }

  @Test("one that listens on ::1 alone is not at 127.0.0.1")
  func otherFamily() async throws {
    var application = try await AilingApplication(["serve", "--host", "::1"])
    while !application.hasPortAlone { application = try await AilingApplication(["serve", "--host", "::1"]) }
    let seen = try #require(await look(port: application.port).value)
    #expect(seen.here.isEmpty)
    #expect(seen.samePort.map(\.address) == ["[::1]:\(application.port)"])
    #expect(seen.samePort.first?.process == application.process)
  }

  @Test("what listened before is found at its new port")
  func otherPort() async throws {
    let mark = AilingApplication.mark()
    let before = try await AilingApplication(["serve"], mark: mark)
    let first = try #require(await look(port: before.port).value?.processes.first)
    before.end()
    #expect(await before.ended())
    let after = try await AilingApplication(["serve"], mark: mark)
    var sighting = ProcessSighting(
      process: first.process, name: first.name, command: first.command, firstSeen: 0, lastSeen: 1)
    sighting.program = first.program
    sighting.endedAt = 1
    let seen = try #require(await look(port: before.port, history: [sighting]).value)
    #expect(seen.here.isEmpty)
    #expect(seen.elsewhere.contains { $0.address == "127.0.0.1:\(after.port)" && $0.process == after.process })
    withExtendedLifetime(before) {}
  }
}
