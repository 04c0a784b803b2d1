import Foundation
import SluiceLab
import TestSupport
import Testing

/// Where a client of another language meets an application of another language: a gateway in this process, and the files
/// of both.
struct Place: Sendable {
  /// How somebody speaks to a port.
  enum Transport: Sendable { case plain, secure }

  let gateway: GatewayHarness
  let folder: TestFolder
  /// Of the gateway.
  let url: String
  /// Of the application: what the client is told to reach it without the gateway.
  let straight: String
  /// The only issuer that clients trust; nil where the gateway speaks plain HTTP.
  let trust: String?

  var trustArguments: [String] { trust.map { ["--ca", $0] } ?? [] }
}

/// Starts an application of Tests/Applications/Origins and a gateway in front of it; stops both whatever happens.
///
/// - Parameters:
///   - origin: the program's file name and what stands in front of its port. Behind the port it gets a certificate and
///     its key where it is `secure`.
///   - downstream: what the gateway's listener speaks.
///   - upstream: further keys of the upstream, as YAML in one line.
///   - listener: of the listener.
func withPlace(
  _ origin: (program: String, arguments: [String]), _ transport: Place.Transport = .plain,
  downstream: Place.Transport, upstream: String = "", listener: String = "", _ body: (Place) async throws -> Void
) async throws {
  let folder = try TestFolder()
  let authority = try CertificateAuthority()
  let files = try authority.issue([.dns("localhost"), .ip("127.0.0.1")]).write(into: folder.path, name: "localhost")
  let root = try authority.writeRoot(into: folder.path, name: "root")
  let port = try listenPort()
  let certificate = transport == .secure ? [files.certificate, files.key] : []
  let command = ClientProgram.command(ClientProgram.origin(origin.program)) + origin.arguments + ["\(port)"]
  let application = try RunningProcess(command + certificate, in: folder)
  let listenerKeys = [
    "address: '127.0.0.1:0'",
    downstream == .secure
      ? "tls: { certificates: [{ certificate: '\(files.certificate)', key: '\(files.key)' }] }" : "",
    listener,
  ]
  let scheme = transport == .secure ? "https" : "http"
  let upstreamKeys = [
    "endpoints: ['\(scheme)://localhost:\(port)']",
    transport == .secure ? "tls: { trust: '\(root)' }" : "", upstream,
  ]
  do {
    try await application.listens(on: port)
    try await withGateway(
      """
      listeners: [{ \(listenerKeys.filter { !$0.isEmpty }.joined(separator: ", ")) }]
      upstreams:
        app: { \(upstreamKeys.filter { !$0.isEmpty }.joined(separator: ", ")) }
      """
    ) { gateway in
      let isSecure = downstream == .secure
      try await body(
        Place(
          gateway: gateway, folder: folder, url: "\(isSecure ? "https" : "http")://localhost:\(gateway.port)",
          straight: "localhost:\(port)", trust: isSecure ? root : nil))
    }
  } catch {
    await application.stop()
    throw error
  }
  await application.stop()
}

extension GatewayHarness {
  /// Waits until nothing is under way any longer and no client is connected.
  func expectQuiet(within seconds: Double = 10) async {
    let isQuiet = await eventually(within: seconds) {
      let counts = await gateway.counts()
      return counts.exchanges == 0 && counts.requestPermits == 0 && counts.downstreamConnections == 0
    }
    let counts = await gateway.counts()
    #expect(isQuiet, "\(counts)")
  }
}
