import Foundation
import TestSupport
import Testing

/// `sluice run` with an admin address, in front of some origins; and what is asked there.
struct AdminRun {
  let state: String
  let process: GatewayProcess
  /// Of the gateway, and of its admin address.
  let port: Int
  let adminPort: Int
  private let file: String

  /// - Parameters:
  ///   - upstreams: the value of `upstreams` in YAML.
  ///   - admin: more keys of `admin`.
  static func start(upstreams: String, admin: String = "", in state: String) async throws -> AdminRun {
    let file = state + "/sluice.yaml"
    let yaml = """
      listeners: [{ address: '127.0.0.1:0' }]
      upstreams: \(upstreams)
      admin: { address: '127.0.0.1:0'\(admin) }
      workers: 2
      """
    try Data(yaml.utf8).write(to: URL(fileURLWithPath: file))
    let process = try GatewayProcess.start(["--config", file], state: state)
    do {
      let port = try await process.listens()
      let line = try await process.says("admin address: ")
      let address = try #require(line.components(separatedBy: "://127.0.0.1:").last)
      let adminPort = try #require(Int(address.prefix { $0.isNumber }))
      return AdminRun(state: state, process: process, port: port, adminPort: adminPort, file: file)
    } catch {
      await process.stop()
      throw error
    }
  }

  /// Reads the same configuration again.
  func reload() async throws {
    process.send(SIGHUP)
    try await process.says("configuration reloaded")
  }

  func get(_ target: String) async throws -> RawResponse {
    let port = port
    return try await blocking { try RawClient(port: port).exchange("GET \(target) HTTP/1.1\r\nHost: test\r\n\r\n") }
  }

  func ask(_ target: String, _ method: String = "GET", fields: String = "") async throws -> RawResponse {
    let port = adminPort
    return try await blocking {
      try RawClient(port: port).exchange("\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\(fields)\r\n")
    }
  }

  func post(_ target: String) async throws -> RawResponse {
    let port = adminPort
    return try await blocking {
      try RawClient(port: port).exchange(
        "POST \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nContent-Type: application/json\r\n"
          + "Content-Length: 2\r\n\r\n{}")
    }
  }

  func read<Document: Decodable>(_ target: String, as type: Document.Type) async throws -> Document {
    let response = try await ask(target)
    try #require(response.status == 200, "\(target): \(response.status) \(response.bodyText)")
    return try JSONDecoder().decode(type, from: Data(response.bodyText.utf8))
  }
}

/// A gateway with an admin address, which ends with the body.
func withAdmin(
  upstreams: String, admin: String = "", _ body: (AdminRun) async throws -> Void
) async throws {
  try await withStateFolder { state in
    let run = try await AdminRun.start(upstreams: upstreams, admin: admin, in: state)
    do {
      try await body(run)
    } catch {
      await run.process.stop()
      throw error
    }
    await run.process.stop()
  }
}
