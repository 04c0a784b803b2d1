import Foundation
import SluiceLab
import TestSupport
import Testing

/// The built command with its dashboard, in front of a lab.
///
/// Routes: `/dead` to a port on which nobody listens, `/half` to the lab and such a port, all else to the lab.
struct WatchedGateway: Sendable {
  let port: Int
  let admin: Int
  let dead: Int
  let folder: TestFolder
  private let process: RunningProcess

  var page: String { "http://127.0.0.1:\(admin)" }
  var home: String { "http://127.0.0.1:\(port)" }

  static func start(_ lab: LabServer) async throws -> WatchedGateway {
    let folder = try TestFolder()
    let (port, admin, dead) = (try listenPort(), try listenPort(), try listenPort())
    let yaml = """
      listeners: [{ address: '127.0.0.1:\(port)' }]
      admin: { address: '127.0.0.1:\(admin)' }
      routes:
        - { path: /dead, upstream: dead }
        - { path: /half, upstream: half, stripPrefix: true }
        - { upstream: app }
      upstreams:
        app: { endpoints: ['http://127.0.0.1:\(lab.port)'] }
        half: { endpoints: ['http://127.0.0.1:\(lab.port)', 'http://127.0.0.1:\(dead)'] }
        dead: { endpoints: ['http://127.0.0.1:\(dead)'], retry: { attempts: 1 } }
      accessLog: { path: '\(folder.file("access.log"))' }
      incidents: { store: '\(folder.file("incidents.sqlite"))' }
      """
    try yaml.write(toFile: folder.file("sluice.yaml"), atomically: true, encoding: .utf8)
    let binary: URL = try #require(CommandRun.binary)
    let process = try RunningProcess(
      [binary.path, "run", "--config", folder.file("sluice.yaml"), "--workers", "2"],
      environment: ["XDG_STATE_HOME": folder.path], in: folder)
    do {
      try await process.listens(on: admin)
    } catch {
      await process.stop()
      throw error
    }
    return WatchedGateway(port: port, admin: admin, dead: dead, folder: folder, process: process)
  }

  func stop() async { await process.stop(within: 20) }

  func get(_ target: String, times: Int = 1) async throws {
    let port = port
    for _ in 0..<times {
      _ = try await blocking {
        try RawClient(port: port).exchange("GET \(target) HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
      }
    }
  }

  /// What the admin address answers.
  func ask(_ target: String) async throws -> RawResponse {
    let admin = admin
    return try await blocking {
      try RawClient(port: admin).exchange("GET \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    }
  }
}

func withWatchedGateway<Value>(_ body: (WatchedGateway) async throws -> Value) async throws -> Value {
  try await withLab { lab in
    let gateway = try await WatchedGateway.start(lab)
    do {
      let value = try await body(gateway)
      await gateway.stop()
      return value
    } catch {
      await gateway.stop()
      throw error
    }
  }
}
