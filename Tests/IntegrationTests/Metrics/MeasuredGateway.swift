import Foundation
import SluiceLab
import TestSupport
import Testing

/// The built command with an admin address and at least one of everything that metrics tell of, in front of a lab.
///
/// Routes: `/app` to the lab, `/half` to the lab and a port on which nobody listens, `/dead` to such a port alone,
/// `/secure` over TLS to the gateway's own second listener, `/limited` to the lab within a rate limit.
struct MeasuredGateway: Sendable {
  /// A name with what has to be escaped in a label, and what looks like it.
  static let oddName = "odd \"name\" with \\, \\n, {braces} and a comma"

  let configuration: MeasuredConfiguration
  private let process: RunningProcess

  var port: Int { configuration.port }
  var admin: Int { configuration.admin }
  var folder: TestFolder { configuration.folder }

  static func start(_ lab: LabServer) async throws -> MeasuredGateway {
    let folder = try TestFolder()
    let authority = try CertificateAuthority()
    let files = try authority.issue([.dns("first.test")]).write(into: folder.path, name: "listener")
    let root = try authority.writeRoot(into: folder.path, name: "root")
    let configuration = MeasuredConfiguration(
      port: try listenPort(), admin: try listenPort(), lab: lab.port, folder: folder,
      files: (files.certificate, files.key, root), secure: try listenPort(), dead: try listenPort())
    try configuration.write(routes: configuration.routes, upstreams: configuration.upstreams)
    let binary: URL = try #require(CommandRun.binary)
    let process = try RunningProcess(
      [binary.path, "run", "--config", folder.file("sluice.yaml"), "--workers", "2"],
      environment: ["XDG_STATE_HOME": folder.path], in: folder)
    do {
      try await process.listens(on: configuration.admin)
    } catch {
      await process.stop()
      throw error
    }
    return MeasuredGateway(configuration: configuration, process: process)
  }

  var store: String { folder.file("incidents.sqlite") }

  func stop() async { await process.stop(within: 20) }

  /// SIGHUP, once the configuration is written anew.
  func reload() { process.signal(SIGHUP) }

  func ask(_ path: String = "/metrics", accept: String? = nil) async throws -> RawResponse {
    let (admin, accept) = (admin, accept.map { "Accept: \($0)\r\n" } ?? "")
    return try await blocking {
      try RawClient(port: admin).exchange("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(accept)\r\n")
    }
  }

  func scrape() async throws -> Scrape {
    let response = try await ask()
    try #require(response.status == 200 && response.isWhole, "\(process.errorText)")
    return try Scrape(response.bodyText)
  }
}

func withMeasuredGateway<Value>(_ body: (MeasuredGateway) async throws -> Value) async throws -> Value {
  try await withLab { lab in
    let gateway = try await MeasuredGateway.start(lab)
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
