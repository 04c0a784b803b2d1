import Foundation
import SluiceIncidents
import TestSupport
import Testing

/// An application that is ill in one way (`Tests/Applications/Ailing/web.py`), and a gateway that watches it.
struct Patient: Sendable {
  let folder: TestFolder
  let port: Int
  var url: String { "http://127.0.0.1:\(port)" }
  var log: String { folder.file("application.log") }
  var configuration: String { folder.file("sluice.yaml") }

  init() throws {
    folder = try TestFolder()
    port = try listenPort()
  }

  func command(_ mode: String, port: Int? = nil, _ options: [String] = []) -> [String] {
    ["python3", Application.script("Ailing/web.py"), "--port", "\(port ?? self.port)", "--log", log] + options + [mode]
  }

  /// - Parameter wrapper: a command that runs another, in front.
  func start(
    _ mode: String, port: Int? = nil, wrapper: [String] = [], _ options: String...
  ) throws -> RunningProcess {
    try RunningProcess(wrapper + command(mode, port: port, options), in: folder)
  }

  /// A gateway in front of it, with the application's log named.
  func gateway(_ more: String = "") async throws -> BuiltGateway {
    try await BuiltGateway.start(
      upstreams: "  app: { endpoints: ['\(url)'], log: '\(log)'\(more.isEmpty ? "" : ", " + more) }", in: folder)
  }

  /// A configuration without a gateway that runs with it.
  func configure(_ upstreams: String, more: String = "") throws {
    let yaml = """
      listeners: [{ address: '127.0.0.1:0' }]
      upstreams:
      \(upstreams)
      incidents: { store: '\(folder.file("incidents.sqlite"))' }
      \(more)
      """
    try yaml.write(toFile: configuration, atomically: true, encoding: .utf8)
  }

  /// Waits until the gateway knows who listens.
  func isWatched(_ gateway: BuiltGateway, process: Int32? = nil) async throws {
    let isSeen = await eventually(within: 30) {
      let sightings = try? IncidentReader(path: gateway.store).sightings(endpoint: url, upstream: "app")
      return (sightings ?? []).contains { process == nil || $0.process == process }
    }
    try #require(isSeen, "the gateway has not seen who listens: \(gateway.errorText)")
  }

  /// As a person would ask, with the gateway's configuration.
  func examine(_ arguments: String...) async throws -> DoctorRun {
    try await DoctorRun(["--config", configuration] + arguments, in: folder)
  }

  /// The same without any gateway.
  func examineAlone(_ arguments: String...) async throws -> DoctorRun {
    try await DoctorRun([url] + arguments, in: folder)
  }

  /// The verdict of `sluice why` on what a request through the gateway met.
  ///
  /// The gateway looks a moment after the first incident.
  func why(_ gateway: BuiltGateway, _ id: String, until cause: String) async throws -> String {
    var last = ""
    _ = try await eventually(within: 20) {
      let run = try await CommandRun(["why", id, "--json", "--store", gateway.store])
      last = run.output
      return last.contains("\"cause\":\"\(cause)\",\"next\"")
    }
    return last
  }
}

/// One GET, and what came back.
struct Visit: Sendable {
  let status: Int
  let incident: String?

  init(_ port: Int, path: String = "/") async throws {
    let run = try await ToolRun([
      "curl", "-s", "-o", "/dev/null", "--max-time", "20", "-D", "-", "http://127.0.0.1:\(port)\(path)",
    ])
    let lines = run.output.split(separator: "\r\n")
    status = lines.first.flatMap { Int($0.split(separator: " ").dropFirst().first ?? "") } ?? 0
    incident = lines.first { $0.lowercased().hasPrefix("sluice-incident:") }.map {
      $0.dropFirst(16).trimmingCharacters(in: .whitespaces)
    }
  }
}
