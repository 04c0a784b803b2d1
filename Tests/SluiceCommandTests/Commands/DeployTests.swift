import Foundation
import SluiceIncidents
import TestSupport
import Testing

@testable import sluice

@Suite("sluice deploy")
struct DeployTests {
  @Test("a deploy is marked where there is no store yet, and where one is in use")
  func marked() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("deep/incidents.sqlite")
    let first = try await CommandRun(["deploy", "api v42", "--upstream", "api", "--store", path])
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.hasPrefix("marked: api v42 for upstream api at 20"))
    let writer = IncidentWriter(path: path, wallTime: { WallClock.milliseconds() })
    let second = try await CommandRun(["deploy", "all v2", "--store", path, "--json"])
    #expect(second.status == 0, "\(second.errors)")
    #expect((second.json as? [String: Any])?["kind"] as? String == "deploy")
    #expect(writer.stop(within: .seconds(60)))
    let changes = try IncidentReader(path: path).changes(since: 0)
    #expect(changes.map(\.text) == ["all v2", "api v42"] && changes.map(\.upstream) == [nil, "api"])
    #expect(changes.allSatisfy { $0.kind == .deploy })
  }

  @Test("an upstream that the configuration lacks is a usage error; its own store is written")
  func upstream() async throws {
    let folder = try TemporaryFolder()
    let store = folder.file("kept.sqlite")
    let text = """
      listeners: [{ address: 127.0.0.1:0 }]
      routes: [{ path: /, upstream: api }]
      upstreams: { api: { endpoints: [http://127.0.0.1:3000] } }
      incidents: { store: \(store) }
      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder.file("sluice.yaml")))
    let wrong = try await CommandRun(["deploy", "v1", "--upstream", "apo", "--config", folder.file("sluice.yaml")])
    #expect(wrong.status == 2 && wrong.errors.contains("did you mean 'api'?"), "\(wrong.errors)")
    let right = try await CommandRun(["deploy", "v1", "--upstream", "api", "--config", folder.file("sluice.yaml")])
    #expect(right.status == 0, "\(right.errors)")
    #expect(try IncidentReader(path: store).changes(since: 0).count == 1)
  }

  @Test("sluice.yaml of the folder is taken by itself, and printed commands name a configuration that was named")
  func usualFile() async throws {
    let folder = try TemporaryFolder()
    let text = """
      listeners: [{ address: 127.0.0.1:0 }]
      routes: [{ path: /, upstream: api }]
      upstreams: { api: { endpoints: [http://127.0.0.1:3000] } }
      incidents: { store: \(folder.file("kept.sqlite")) }
      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder.file("sluice.yaml")))
    let own = try await CommandRun(["deploy", "v1"], environment: ["HOME": folder.path], folder: folder.path)
    #expect(own.status == 0 && own.output.contains(folder.file("kept.sqlite")), "\(own.errors)")
    let wrong = try await CommandRun(["deploy", "v1", "--upstream", "apo"], folder: folder.path)
    #expect(wrong.status == 2 && wrong.errors.contains("did you mean 'api'?"), "\(wrong.errors)")
    let problems = try await CommandRun(["problems"], folder: folder.path)
    #expect(problems.status == 0, "\(problems.errors)")
  }

  @Test("without --store and --config it is the state folder's", arguments: ["STATE_DIRECTORY", "XDG_STATE_HOME"])
  func stateFolder(variable: String) async throws {
    let folder = try TemporaryFolder()
    let run = try await CommandRun(["deploy", "v1"], environment: [variable: folder.path])
    #expect(run.status == 0, "\(run.errors)")
    let place = variable == "STATE_DIRECTORY" ? "incidents.sqlite" : "sluice/incidents.sqlite"
    #expect(FileManager.default.fileExists(atPath: folder.file(place)))
  }

  @Test(
    "what cannot be marked is told", arguments: ["", " ", "a\nb", "a\u{1B}[2J", String(repeating: "a", count: 201)])
  func refused(text: String) async throws {
    #expect(try await CommandRun(["deploy", text, "--store", "/dev/null/x"]).status == 2)
  }

  @Test("a place that cannot be written is told")
  func unwritable() async throws {
    let run = try await CommandRun(["deploy", "v1", "--store", "/dev/null/x"])
    #expect(run.status == 3 && run.errors.contains("/dev/null/x"), "\(run.errors)")
  }
}
