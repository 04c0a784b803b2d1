import Foundation
import SluiceGateway
import SluiceLab
import TestSupport
import Testing

extension Integration.TLS {
  /// Certificates change while the gateway runs.
  @Suite struct CertificateReloadTests {
    private func subject(_ secure: SecureGateway) async throws -> String {
      let run = try await ToolRun(["openssl", "s_client", "-connect", "127.0.0.1:\(secure.port)", "-noservername"])
      return run.output.split(separator: "\n").first { $0.hasPrefix("subject=") }.map(String.init) ?? ""
    }

    @Test(.timeLimit(.minutes(1)))
    func changedFilesAreServedAndConnectionsGoOn() async throws {
      try await withSecureGateway { secure in
        let client = try RunningProcess(
          ["openssl", "s_client", "-connect", "127.0.0.1:\(secure.port)", "-quiet"], in: secure.folder)
        func ask(_ id: String) async throws -> String? {
          client.input.fileHandleForWriting.write(
            Data("GET /ok HTTP/1.1\r\nHost: a\r\nX-Request-ID: \(id)\r\n\r\n".utf8))
          return try await secure.gateway.log.records(of: id).first?.client
        }
        let before = try await ask("before")
        #expect(before != nil)
        _ = try secure.issue([.dns("second.test")], as: "0")
        let isServed = try await eventually(within: 20) { try await subject(secure) == "subject=CN = second.test" }
        #expect(isServed)
        #expect(try await ask("after") == before)
        let facts = await secure.gateway.gateway.certificates.values.first
        #expect(facts?.first?.subject == "CN=second.test" && facts?.count == 4)
        await client.stop()
      }
    }

    @Test(.timeLimit(.minutes(1)))
    func halfAPairChangesNothing() async throws {
      try await withSecureGateway { secure in
        let (certificate, key) = (secure.folder.file("0.pem"), secure.folder.file("0.key"))
        let renewed = try secure.authority.issue([.dns("second.test")])
        try renewed.chainPEM.write(toFile: certificate, atomically: true, encoding: .utf8)
        // More than two looks: the pair was tried by then.
        try await Task.sleep(for: CertificateWait.settled)
        #expect(try await subject(secure) == "subject=CN = first.test")
        try "-----BEGIN".write(toFile: key, atomically: true, encoding: .utf8)
        try await Task.sleep(for: CertificateWait.settled)
        #expect(try await subject(secure) == "subject=CN = first.test")
        try renewed.keyPEM.write(toFile: key, atomically: true, encoding: .utf8)
        let isServed = try await eventually(within: 20) { try await subject(secure) == "subject=CN = second.test" }
        #expect(isServed)
      }
    }

    @Test func aReloadRefusesABadPairAndTheOldOneGoesOn() async throws {
      try await withSecureGateway { secure in
        func yaml(_ certificate: String, _ key: String) -> String {
          """
          listeners:
            - address: '127.0.0.1:0'
              tls: { certificates: [{ certificate: '\(certificate)', key: '\(key)' }] }
          upstreams: { app: { endpoints: ['http://127.0.0.1:\(secure.lab.port)'] } }
          """
        }
        func reload(_ certificate: String, _ key: String) async throws {
          try await secure.gateway.gateway.reload(
            GatewayHarness.load(yaml(certificate, key), log: secure.gateway.log.path))
        }
        let files = try secure.issue([.dns("other.test")], as: "other")
        await #expect(throws: CertificateError.self) { try await reload(files.certificate, secure.folder.file("none")) }
        await #expect(throws: CertificateError.self) {
          try await reload(files.certificate, secure.folder.file("0.key"))
        }
        #expect(try await subject(secure) == "subject=CN = first.test")
        try await reload(files.certificate, files.key)
        #expect(try await subject(secure) == "subject=CN = other.test")
      }
    }

    @Test func aGatewayDoesNotStartWithoutItsCertificate() async throws {
      let yaml = """
        listeners:
          - address: '127.0.0.1:0'
            tls: { certificates: [{ certificate: /nowhere/a.pem, key: /nowhere/a.key }] }
        upstreams: { app: { endpoints: ['http://127.0.0.1:1'] } }
        """
      let error = await #expect(throws: CertificateError.self) { _ = try await GatewayHarness.start(yaml) }
      #expect(error?.description.contains("'/nowhere/a.pem': no such file") == true)
      #expect(error?.description.contains("'/nowhere/a.key': no such file") == true)
    }
  }
}

/// Long enough for files that stay as they are to have been read.
private enum CertificateWait {
  static let settled = Duration.seconds(7)
}
