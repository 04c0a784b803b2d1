import Foundation
import SluiceGateway
import SluiceLab
import TestSupport
import Testing

extension Integration.TLS {
  /// Certificates of clients.
  @Suite struct ClientCertificateTests {
    private func options(_ files: CertificateFiles) -> [String] {
      ["--cert", files.certificate, "--key", files.key]
    }

    private func ask(_ secure: SecureGateway, _ files: CertificateFiles?, _ more: String...) async throws -> ToolRun {
      try await ToolRun(
        [
          "curl", "-s", "-S", "--max-time", "20", "--cacert", secure.root, "--resolve",
          "first.test:\(secure.port):127.0.0.1",
        ] + (files.map { options($0) } ?? []) + more + [
          "https://first.test:\(secure.port)/head", "-w", "\n%{http_code}",
        ])
    }

    @Test(arguments: ["1.2", "1.3"])
    func aRequiredCertificateIsVerifiedAndToldToTheUpstream(_ version: String) async throws {
      try await withSecureGateway(tls: "clientCertificates: { mode: required, trust: 'ROOT', forward: true }") {
        secure in
        let issued = try secure.authority.issue([.dns("client.test")], use: .connecting)
        let good = try issued.write(into: secure.folder.path, name: "client")
        let certificate = Data(issued.chain[0]).base64EncodedString()
        for option in ["--http1.1", "--http2"] {
          let run = try await ask(secure, good, option, "--tls-max", version, "-H", "Client-Cert: :Zm9yZ2Vk:")
          #expect(run.output.hasSuffix("\n200"), "\(run)")
          let lines = run.output.split(separator: "\r\n").filter { $0.lowercased().hasPrefix("client-cert") }
          #expect(lines == ["Client-Cert: :\(certificate):"], "\(run)")
        }

        let none = try await ask(secure, nil, "--tls-max", version)
        #expect(
          none.status != 0 && none.errors.contains(version == "1.3" ? "certificate required" : "handshake failure"))
        #expect(await secure.failures(.clientCertificateMissing) == 1)

        let stranger = try CertificateAuthority().issue([.dns("client.test")], use: .connecting)
          .write(into: secure.folder.path, name: "stranger")
        let unknown = try await ask(secure, stranger, "--tls-max", version)
        #expect(unknown.status != 0 && unknown.errors.contains("alert unknown ca"), "\(unknown)")
        let old = try secure.authority.issue([.dns("client.test")], validity: .past, use: .connecting)
          .write(into: secure.folder.path, name: "old")
        let expired = try await ask(secure, old, "--tls-max", version)
        #expect(expired.status != 0 && expired.output.hasSuffix("\n000"), "\(expired)")
        // One that is for listeners is none for clients.
        let listening = try await ask(secure, try secure.issue([.dns("x.test")], as: "x"), "--tls-max", version)
        #expect(listening.status != 0, "\(listening)")
        #expect(await secure.failures(.clientCertificateRefused) == 3)
        #expect(await secure.gateway.gateway.counts().recorded == 2)
      }
    }

    @Test func anOptionalCertificateIsVerifiedWhereThereIsOne() async throws {
      try await withSecureGateway(tls: "clientCertificates: { mode: optional, trust: 'ROOT', forward: true }") {
        secure in
        let without = try await ask(secure, nil, "-H", "Client-Cert: :Zm9yZ2Vk:", "-H", "client-cert-chain: :Zm9yZ2Vk:")
        #expect(without.output.hasSuffix("\n200"), "\(without)")
        #expect(!without.output.lowercased().contains("client-cert"), "\(without)")
        let client = try secure.issue([.dns("client.test")], as: "client", use: .connecting)
        let with = try await ask(secure, client)
        #expect(with.output.hasSuffix("\n200") && with.output.contains("Client-Cert: :MII"), "\(with)")
        let stranger = try CertificateAuthority().issue([.dns("client.test")], use: .connecting)
          .write(into: secure.folder.path, name: "stranger")
        let refused = try await ask(secure, stranger)
        #expect(refused.status != 0 && refused.errors.contains("alert unknown ca"), "\(refused)")
      }
    }

    @Test func aCertificateIsToldOnRequestOnly() async throws {
      try await withSecureGateway(tls: "clientCertificates: { mode: required, trust: 'ROOT' }") { secure in
        let client = try secure.issue([.dns("client.test")], as: "client", use: .connecting)
        let run = try await ask(secure, client, "-H", "Client-Cert: :Zm9yZ2Vk:")
        #expect(run.output.hasSuffix("\n200") && !run.output.lowercased().contains("client-cert"), "\(run)")
      }
    }

    @Test func whatAClientSaysOfItsCertificateIsDroppedOnPlainListenersToo() async throws {
      try await withGatewayAndLab { gateway, _ in
        let answer = try await gateway.get("/head", "CLIENT-CERT: :Zm9yZ2Vk:", "Client-Cert-Chain: :Zm9yZ2Vk:")
        #expect(answer.status == 200 && !answer.bodyText.lowercased().contains("client-cert"), "\(answer.bodyText)")
      }
      try await withGatewayAndLab("trusted: { proxies: [127.0.0.0/8] }") { gateway, _ in
        let answer = try await gateway.get("/head", "Client-Cert: :Zm9yZ2Vk:")
        #expect(answer.bodyText.contains("Client-Cert: :Zm9yZ2Vk:"), "\(answer.bodyText)")
      }
    }

    @Test func aSessionIsResumedWithTheCertificateItBeganWith() async throws {
      try await withSecureGateway(tls: "clientCertificates: { mode: required, trust: 'ROOT', forward: true }") {
        secure in
        let client = try secure.issue([.dns("client.test")], as: "client", use: .connecting)
        let session = secure.folder.file("session.pem")
        let first = try await secure.openssl(
          "-cert", client.certificate, "-key", client.key, "-sess_out", session, path: "/head")
        #expect(first.output.contains("Client-Cert: :MII"), "\(first)")
        let second = try await secure.openssl("-sess_in", session, path: "/head")
        #expect(second.said.contains("Reused, TLSv1.3") && second.output.contains("Client-Cert: :MII"), "\(second)")
      }
    }
  }
}
