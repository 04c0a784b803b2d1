import Foundation
import SluiceCore
import SluiceIncidents
import TestSupport
import Testing

@testable import sluice

@Suite("--follow")
struct FollowTests {
  @Test("new incidents are told as they come, one JSON object a line, until SIGINT", .timeLimit(.minutes(1)))
  func incidents() async throws {
    let store = try StoreFixture([try Fixtures.absorbed()])
    let process = Process()
    let binary: URL = try #require(CommandRun.binary)
    process.executableURL = binary
    process.arguments = ["incidents", "--follow", "--json", "--store", store.path]
    process.environment = [:]
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    let (ended, continuation) = AsyncStream<Void>.makeStream()
    process.terminationHandler = { _ in continuation.finish() }
    try process.run()
    defer { if process.isRunning { process.terminate() } }
    var lines = Self.lines(of: output).makeAsyncIterator()
    func next() async throws -> String {
      let line = try #require(await lines.next())
      let incident = try JSONDecoder().decode(Incident.self, from: Data(line.utf8))
      return incident.record.id
    }
    #expect(try await next() == Fixtures.ids[2])
    try store.add([try Fixtures.ssh(), try Fixtures.refused()])
    #expect(try await next() == Fixtures.ids[1])
    #expect(try await next() == Fixtures.ids[0])
    process.interrupt()
    for await _ in ended {}
    #expect(process.terminationReason == .exit && process.terminationStatus == 0)
    #expect(await lines.next() == nil)
  }

  @Test("what was listed is not told again", .timeLimit(.minutes(1)))
  func listed() async throws {
    var incidents: [Incident] = []
    for number in 0..<18 {
      var incident = try Fixtures.refused()
      incident.record.id =
        ExchangeID(milliseconds: UInt64(Fixtures.time), random: UInt64(number + 1) << 20, more: 0)
        .description
      incidents.append(incident)
    }
    let store = try StoreFixture(incidents)
    let process = Process()
    let binary: URL = try #require(CommandRun.binary)
    process.executableURL = binary
    process.arguments = ["incidents", "--follow", "--json", "--store", store.path]
    process.environment = [:]
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    defer { if process.isRunning { process.terminate() } }
    var told: [String] = []
    var isAdded = false
    for await line in Self.lines(of: output) {
      told.append(try JSONDecoder().decode(Incident.self, from: Data(line.utf8)).record.id)
      if told.count == 18, !isAdded {
        isAdded = true
        // Long enough for a look that would tell some of them again.
        try await Task.sleep(for: .milliseconds(1200))
        try store.add([try Fixtures.ssh()])
      }
      if told.last == Fixtures.ids[1] { process.terminate() }
    }
    #expect(told == incidents.map(\.record.id) + [Fixtures.ids[1]])
  }

  /// Read on a thread of its own, since a read waits.
  private static func lines(of pipe: Pipe) -> AsyncStream<String> {
    let (lines, feed) = AsyncStream<String>.makeStream()
    let handle = pipe.fileHandleForReading
    Thread.detachNewThread {
      var rest = Data()
      while case let data = handle.availableData, !data.isEmpty {
        rest += data
        while let end = rest.firstIndex(of: 0x0A) {
          feed.yield(String(decoding: rest[..<end], as: UTF8.self))
          rest = Data(rest[(end + 1)...])
        }
      }
      feed.finish()
    }
    return lines
  }
}
