import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import sluice

@Suite("How commands are used")
struct UsageTests {
  static let commands: [any ParsableCommand.Type] =
    [Sluice.self] + Sluice.configuration.subcommands + Lab.configuration.subcommands

  @Test("no line of a command's help is broken at 80 columns", arguments: UsageTests.commands.indices)
  func help(_ index: Int) {
    let command = Self.commands[index]
    for line in command.configuration.discussion.split(separator: "\n") { #expect(line.count <= 79, "\(line)") }
  }

  @Test("a mistake that shows when a command runs names that command", arguments: ["doctor", "why"])
  func usage(_ command: String) async throws {
    let folder = try TemporaryFolder()
    let run = try await CommandRun([command, " "], folder: folder.path)
    #expect(run.status == 2 && run.errors.contains("Usage: sluice \(command) "), "\(run.errors)")
    #expect(run.errors.contains("sluice \(command) --help"), "\(run.errors)")
  }

  @Test(
    "a wrong value is 2, a file that cannot be read 3, a file with mistakes 1",
    arguments: [
      (["run", "--listen", "21300"], 2, "--to"), (["run", "--to", "127.0.0.1:3000"], 2, "--to"),
      (["run", "--listen", "21300", "--to", "http://127.0.0.1:3000"], 2, "--listen"),
      (["run", "--config", "nosuch"], 3, "nosuch"), (["check", "--config", "nosuch"], 3, "nosuch"),
      (["run", "--config", "wrong.yaml"], 1, "wrong.yaml"), (["check", "--config", "wrong.yaml"], 1, "wrong.yaml"),
      (["guide", "--export", "/proc/x"], 3, "/proc/x cannot be written"),
    ])
  func codes(_ arguments: [String], _ status: Int32, _ text: String) async throws {
    let folder = try TemporaryFolder()
    try Data("listeners: 7\n".utf8).write(to: URL(fileURLWithPath: folder.file("wrong.yaml")))
    let run = try await CommandRun(arguments, environment: ["HOME": folder.path], folder: folder.path)
    #expect(run.status == status && run.errors.contains(text), "\(run.status): \(run.errors)")
  }

  @Test("check lists the routes")
  func routes() async throws {
    let folder = try TemporaryFolder()
    let text = """
      listeners: [{ address: 127.0.0.1:0 }]
      routes:
        - { host: a.example, path: /v1, methods: [GET], upstream: api }
        - { path: /, upstream: api }
      upstreams: { api: { endpoints: [http://127.0.0.1:3000] } }
      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder.file("sluice.yaml")))
    let run = try await CommandRun(["check", "--json"], folder: folder.path)
    let routes = try #require((run.json as? [String: Any])?["routes"] as? [[String: Any]])
    #expect(routes.map { $0["name"] as? String } == ["a.example/v1", "/"])
    #expect(routes.map { $0["upstream"] as? String } == ["api", "api"])
    #expect(routes[0]["host"] as? String == "a.example" && routes[0]["methods"] as? [String] == ["GET"])
  }
}
