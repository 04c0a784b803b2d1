import Foundation
import SluiceDiagnosis
import SluiceIncidents
import TestSupport
import Testing

/// A gateway that keeps its incidents in a folder of its own, and what stands there once it has stopped.
struct IncidentRun {
  let folder: URL
  var store: String { folder.appendingPathComponent("incidents.sqlite").path }
  var errors: String { folder.appendingPathComponent("errors.log").path }

  init() throws {
    folder = URL(fileURLWithPath: GatewayHarness.temporaryPath("incidents"))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// Runs a gateway, and stops it so that everything it knows is written.
  func gateway<Value>(_ yaml: String, _ body: (GatewayHarness) async throws -> Value) async throws -> Value {
    let descriptor = open(errors, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    defer { close(descriptor) }
    return try await withGateway(yaml, errors: descriptor, store: store, body)
  }

  func reader() throws -> IncidentReader { try IncidentReader(path: store) }

  func incident(_ id: String) throws -> Incident {
    let lookup = try reader().find(id: id, at: 0)
    guard case .found(let incident) = lookup else { throw NotKept(id: id, lookup: "\(lookup)") }
    return incident
  }

  struct NotKept: Error {
    var id: String
    var lookup: String
  }

  /// What every file of the folder holds.
  func bytes() throws -> [(name: String, bytes: Data)] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
      (name, try Data(contentsOf: folder.appendingPathComponent(name)))
    }
  }
}
