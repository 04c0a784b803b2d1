import Foundation
import SluiceGateway
import SluiceLab
import TestSupport
import Testing

/// A gateway whose first listener speaks TLS with certificates that the test makes, in front of a lab.
///
/// Its certificates are for `first.test` (which clients that name nothing get), `a.test`, `*.w.test` and
/// `exact.w.test`.
struct SecureGateway: Sendable {
  let gateway: GatewayHarness
  let lab: LabServer
  let folder: TestFolder
  let authority: CertificateAuthority
  /// PEM of the authority.
  let root: String

  var port: Int { gateway.port }

  func failures(_ reason: OpeningFailure) async -> UInt64 { await gateway.gateway.counts().openingFailures[reason] }

  /// curl over TLS; the name leads to the gateway.
  func curl(_ arguments: String..., host: String = "first.test", path: String = "/ok") async throws -> ToolRun {
    try await ToolRun(
      ["curl", "-s", "-S", "--max-time", "30", "--cacert", root, "--resolve", "\(host):\(port):127.0.0.1"] + arguments
        + ["https://\(host):\(port)\(path)"])
  }

  /// `openssl s_client`, which sends one request that closes the connection.
  func openssl(_ arguments: String..., path: String = "/ok") async throws -> ToolRun {
    try await ToolRun(
      ["openssl", "s_client", "-connect", "127.0.0.1:\(port)", "-CAfile", root, "-ign_eof"] + arguments,
      input: "GET \(path) HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
  }

  func issue(_ names: [CertificateName], as name: String, use: CertificateUse = .listening) throws -> CertificateFiles {
    try authority.issue(names, use: use).write(into: folder.path, name: name)
  }
}

/// - Parameters:
///   - tls: more keys of `tls`.
///   - listener: more keys of the listener.
///   - extra: more keys of the file.
func withSecureGateway<Value>(
  tls: String = "", listener: String = "", extra: String = "", upstream: String = "",
  _ body: (SecureGateway) async throws -> Value
) async throws -> Value {
  let folder = try TestFolder()
  let authority = try CertificateAuthority()
  let root = try authority.writeRoot(into: folder.path, name: "root")
  let names = [["first.test"], ["a.test"], ["*.w.test"], ["exact.w.test"]]
  let pairs = try names.enumerated().map { index, names in
    let files = try authority.intermediate().issue(names.map { .dns($0) }).write(into: folder.path, name: "\(index)")
    return "{ certificate: '\(files.certificate)', key: '\(files.key)' }"
  }
  let more = tls.replacing("ROOT", with: root)
  return try await withLab { lab in
    try await withGateway(
      """
      listeners:
        - address: '127.0.0.1:0'
          tls: { certificates: [\(pairs.joined(separator: ", "))]\(more.isEmpty ? "" : ", " + more) }
          \(listener)
      upstreams:
        app: { endpoints: ['http://127.0.0.1:\(lab.port)']\(upstream.isEmpty ? "" : ", " + upstream) }
      \(extra)
      """
    ) { gateway in
      try await body(SecureGateway(gateway: gateway, lab: lab, folder: folder, authority: authority, root: root))
    }
  }
}
