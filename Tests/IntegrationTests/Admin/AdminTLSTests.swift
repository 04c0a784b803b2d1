import Foundation
import SluiceAdmin
import SluiceIncidents
import SluiceLab
import TestSupport
import Testing

extension Integration {
  /// The admin address over TLS, asked with certificates that the test makes.
  @Suite(.timeLimit(.minutes(2))) struct AdminTLSTests {
    private let folder: TestFolder
    private let authority: CertificateAuthority
    private let root: String
    private let own: CertificateFiles
    private let client: CertificateFiles

    init() throws {
      folder = try TestFolder()
      authority = try CertificateAuthority()
      root = try authority.writeRoot(into: folder.path, name: "root")
      own = try authority.issue([.dns("gateway.test")]).write(into: folder.path, name: "own")
      client = try authority.issue([.dns("ci.test")], use: .connecting).write(into: folder.path, name: "client")
    }

    private func tls(_ clients: String) -> String {
      ", tls: { certificates: [{ certificate: '\(own.certificate)', key: '\(own.key)' }]\(clients) }"
    }

    private var demanded: String { tls(", clientCertificates: { mode: required, trust: '\(root)' }") }

    private func curl(
      _ run: AdminRun, _ files: CertificateFiles?, _ more: String..., path: String = "/api/v1/status"
    ) async throws -> ToolRun {
      let shown = files.map { ["--cert", $0.certificate, "--key", $0.key] } ?? []
      return try await ToolRun(
        [
          "curl", "-s", "-S", "--max-time", "20", "--cacert", root, "--resolve",
          "gateway.test:\(run.adminPort):127.0.0.1",
        ] + shown + more + ["https://gateway.test:\(run.adminPort)\(path)", "-w", "\n%{http_code}"])
    }

    private func withRun(_ admin: String, _ body: (AdminRun) async throws -> Void) async throws {
      try await withAdmin(upstreams: "{ app: { endpoints: ['http://127.0.0.1:9'] } }", admin: admin, body)
    }

    @Test("who has the right certificate reads and writes; nobody else gets as far as a request")
    func required() async throws {
      try await withRun(demanded) { run in
        let read = try await curl(run, client)
        #expect(read.output.hasSuffix("\n200") && read.output.contains(#""generation":1"#), "\(read)")
        let written = try await curl(
          run, client, "-H", "Content-Type: application/json", "-d", #"{"text":"api v42"}"#, path: "/api/v1/deploys")
        #expect(written.output.hasSuffix("\n201") && written.output.contains("api v42"), "\(written)")
        #expect(try await curl(run, client, path: "/healthz").output.hasSuffix("\n200"))
        let metrics = try await curl(run, client, path: "/metrics").output
        let end = "sluice_listener_certificate_expiry_timestamp_seconds{listener=\"admin\",file=\""
        #expect(metrics.split(separator: "\n").count { $0.hasPrefix(end) } == 1)

        for path in ["/api/v1/status", "/healthz"] {
          let none = try await curl(run, nil, path: path)
          #expect(none.status != 0 && none.output.hasSuffix("\n000"), "\(none)")
        }
        try await run.process.says("client_certificate_missing: client 127.0.0.1")
        let stranger = try CertificateAuthority().issue([.dns("ci.test")], use: .connecting)
          .write(into: folder.path, name: "stranger")
        let refused = try await curl(run, stranger)
        #expect(refused.status != 0 && refused.output.hasSuffix("\n000"), "\(refused)")
        let line = try await run.process.says("client_certificate_refused: client 127.0.0.1")
        #expect(line.contains("listener of the admin address") && line.contains("its issuer is not trusted"), "\(line)")
        let changes = try JSONDecoder().decode(
          DeploysDocument.self,
          from: Data(try await curl(run, client, path: "/api/v1/deploys").output.split(separator: "\n")[0].utf8)
        ).changes
        #expect(changes.count { $0.kind == .deploy } == 1)
        let plain = try await run.ask("/api/v1/status")
        #expect(plain.status == 400 && plain.bodyText == "The admin address speaks TLS: ask with https://\n")
      }
    }

    @Test("with a token beside it, both are asked for")
    func both() async throws {
      try await withRun(", token: 0123456789abcdef" + demanded) { run in
        let bearer = "Authorization: Bearer 0123456789abcdef"
        let certificate = try await curl(run, client)
        #expect(certificate.output.hasSuffix("\n401"), "\(certificate)")
        let token = try await curl(run, nil, "-H", bearer)
        #expect(token.status != 0 && token.output.hasSuffix("\n000"), "\(token)")
        let both = try await curl(run, client, "-H", bearer)
        #expect(both.output.hasSuffix("\n200"), "\(both)")
      }
    }

    @Test("sluice top and sluice deploy ask with a certificate, and say what is missing without")
    func commands() async throws {
      try await withRun(demanded) { run in
        // The port was chosen by the system: this is what a configuration says that names one.
        let file = folder.file("named.yaml")
        let yaml = """
          listeners: [{ address: '127.0.0.1:0' }]
          upstreams: { app: { endpoints: ['http://127.0.0.1:9'] } }
          admin: { address: '127.0.0.1:\(run.adminPort)'\(demanded) }
          """
        try yaml.write(toFile: file, atomically: true, encoding: .utf8)
        let shown = ["--certificate", client.certificate, "--key", client.key]
        let top = try await CommandRun(["top", "--json", "--config", file, "--trust", root] + shown)
        #expect(top.status == 0 && top.output.contains(#""generation":1"#), "\(top.errors)")

        let none = try await CommandRun(["top", "--json", "--config", file, "--trust", root])
        #expect(none.status == 3 && none.errors.contains("--certificate"), "\(none.errors)")
        let untrusted = try await CommandRun(["top", "--json", "--config", file] + shown)
        #expect(untrusted.status == 3 && untrusted.errors.contains("--trust"), "\(untrusted.errors)")

        let local = try authority.issue([.ip("127.0.0.1")]).write(into: folder.path, name: "own")
        #expect(local == own)
        run.process.send(SIGHUP)
        try await run.process.says("configuration reloaded")
        let admin = ["--admin", "https://127.0.0.1:\(run.adminPort)", "--trust", root]
        // The line is said before the admin address has followed.
        var deploy = try await CommandRun(["deploy", "api v42", "--json"] + admin + shown)
        for _ in 0..<20 where deploy.status != 0 {
          try await Task.sleep(for: .milliseconds(200))
          deploy = try await CommandRun(["deploy", "api v42", "--json"] + admin + shown)
        }
        #expect(deploy.status == 0 && deploy.output.contains("api v42"), "\(deploy.errors)")
        #expect(try await CommandRun(["deploy", "api v42"] + admin).status == 3)
        let missing = try await CommandRun(["deploy", "api v42"] + admin + ["--certificate", folder.file("no.pem")])
        #expect(missing.status == 3 && missing.errors.contains("no.pem' cannot be read"), "\(missing.errors)")
      }
    }

    @Test("a root that stands behind the certificate is believed by who has the configuration; files may change")
    func renewed() async throws {
      func write(_ name: String) throws {
        let unknown = try CertificateAuthority()
        _ = try unknown.issue([.dns(name)]).with(rootOf: unknown).write(into: folder.path, name: "own")
      }
      try write("first.test")
      try await withRun(tls("")) { run in
        let file = folder.file("named.yaml")
        let yaml = """
          listeners: [{ address: '127.0.0.1:0' }]
          upstreams: { app: { endpoints: ['http://127.0.0.1:9'] } }
          admin: { address: '127.0.0.1:\(run.adminPort)'\(tls("")) }
          """
        try yaml.write(toFile: file, atomically: true, encoding: .utf8)
        let first = try await CommandRun(["top", "--json", "--config", file])
        #expect(first.status == 0, "\(first.errors)")
        try write("other.test")
        try await run.process.says("certificates read again: CN=other.test")
        let second = try await CommandRun(["top", "--json", "--config", file])
        #expect(second.status == 0, "\(second.errors)")
      }
    }

    @Test("files that cannot be used are told by sluice check, with their place")
    func check() async throws {
      let file = folder.file("bad.yaml")
      let yaml = """
        listeners: [{ address: '127.0.0.1:0' }]
        upstreams: { app: { endpoints: ['http://127.0.0.1:9'] } }
        admin:
          address: 0.0.0.0:9180
          tls:
            certificates: [{ certificate: '\(own.certificate)', key: '\(client.key)' }]
            clientCertificates: { mode: required, trust: '\(folder.file("no.pem"))' }
        """
      try yaml.write(toFile: file, atomically: true, encoding: .utf8)
      let run = try await CommandRun(["check", "--config", file])
      #expect(run.status == 1)
      #expect(run.errors.contains("bad.yaml:6:") && run.errors.contains("the key does not belong to the certificate"))
      #expect(run.errors.contains("bad.yaml:7:") && run.errors.contains("no such file"), "\(run.errors)")
    }
  }
}
