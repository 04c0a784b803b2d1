import Foundation
import SluiceIncidents
import TestSupport
import Testing

/// The built command as its users run it, with an access log and a store of its own.
struct BuiltGateway: Sendable {
  let port: Int
  let log: RecordReader
  let store: String
  private let process: RunningProcess

  var errorText: String { process.errorText }

  /// - Parameters:
  ///   - upstreams: the section's value, in YAML. Whatever is not said there stays at its default.
  ///   - routes: as `path: upstream`; empty: the only upstream gets everything.
  ///   - socket: listens there instead of on a port.
  ///   - wrapper: a command that runs another, in front.
  ///   - looks: whether it looks at endpoints by itself, which they would count as requests.
  ///   - more: other sections.
  static func start(
    upstreams: String, routes: [(path: String, upstream: String)] = [], socket: String? = nil,
    wrapper: [String] = [], looks: Bool = true, more: String = "", in folder: TestFolder
  ) async throws -> BuiltGateway {
    let port = try listenPort()
    let listener = socket.map { "unix:\($0)" } ?? "127.0.0.1:\(port)"
    let log = RecordReader(path: folder.file("access.log"))
    let store = folder.file("incidents.sqlite")
    let routes = routes.map { "  - { path: \($0.path), upstream: \($0.upstream) }\n" }.joined()
    let yaml = """
      listeners: [{ address: '\(listener)' }]
      \(routes.isEmpty ? "" : "routes:\n\(routes)")
      upstreams:
      \(upstreams)
      accessLog: { path: '\(log.path)', query: full }
      incidents: { store: '\(store)', look: \(looks ? "on" : "off") }
      \(more)
      """
    let file = folder.file("sluice.yaml")
    try yaml.write(toFile: file, atomically: true, encoding: .utf8)
    let binary: URL = try #require(CommandRun.binary)
    let command = wrapper + [binary.path, "run", "--config", file, "--workers", "2"]
    let process = try RunningProcess(command, environment: ["XDG_STATE_HOME": folder.path], in: folder)
    if let socket {
      let listens = try await eventually(within: 20) {
        guard process.isRunning else { throw process.failure }
        return (try? RawClient(unixPath: socket)) != nil
      }
      try #require(listens, "\(process.errorText)")
    } else {
      try await process.listens(on: port)
    }
    return BuiltGateway(port: port, log: log, store: store, process: process)
  }

  /// Drains, so that everything it knows is written.
  func stop() async { await process.stop(within: 35) }

  /// The records by the key that each request of `load.py` carries.
  func recordsByKey() throws -> [String: [StoredRecord]] {
    try log.records().reduce(into: [:]) { all, record in
      guard let query = record.query, query.hasPrefix("key=") else { return }
      all[String(query.dropFirst(4)), default: []].append(record)
    }
  }

  /// What `sluice incidents` says of those that no client noticed, the newest thousand.
  func absorbed(_ arguments: String...) async throws -> [Incident] {
    let command = ["incidents", "--json", "--kind", "absorbed", "--limit", "1000", "--store", store] + arguments
    let run = try await CommandRun(command)
    try #require(run.status == 0, "\(run.errors)")
    return try JSONDecoder().decode([Incident].self, from: Data(run.output.utf8))
  }
}

/// Told where a request came out as it should not have: which one, and what its record says.
func diagnosis(_ results: some Collection<LoadResult>, _ records: [String: [StoredRecord]], limit: Int = 5) -> String {
  let lines = results.prefix(limit).map { result in
    let told = records[result.key, default: []].map { record in
      let attempts = (record.attempts ?? []).map { attempt in
        let reused = attempt.isReused == true ? " reused, idle \(attempt.idleMs ?? 0) ms" : ""
        return "\(attempt.endpoint ?? "?"): \(attempt.cause ?? "fine")\(reused), \(attempt.bytesReceived) B back"
      }
      return "\(record.cause ?? "no cause"), not retried because \(record.notRetriedBecause ?? "-"), "
        + "phase \(record.phase), \(record.totalMs) ms, [\(attempts.joined(separator: "; "))]"
    }
    let what = result.failure.map { "\(result.status) \($0)" } ?? "\(result.status)"
    return "\(result.method) \(result.key) at \(result.at) s: \(what): "
      + (told.isEmpty ? "no record" : told.joined(separator: " | "))
  }
  return "\(results.count) in all\n" + lines.joined(separator: "\n")
}
