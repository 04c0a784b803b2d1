import Foundation
import SluiceLab
import TestSupport
import Testing

extension Integration {
  /// TLS between clients and the gateway.
  @Suite enum TLS {}
}

extension Integration.TLS {
  /// What is agreed upon in a handshake.
  @Suite struct HandshakeTests {
    @Test func requestsAreHTTPSOverEitherVersionOfHTTP() async throws {
      try await withSecureGateway { secure in
        for (option, version, name) in [("--http1.1", "1.1", "HTTP/1.1"), ("--http2", "2", "HTTP/2")] {
          let run = try await secure.curl(
            option, "-w", "\n%{http_version} %{http_code}", "-H", "X-Request-ID: over-\(version)", path: "/head")
          #expect(run.output.hasSuffix("\n\(version) 200"), "\(run)")
          #expect(run.output.contains("X-Forwarded-Proto: https\r\n"), "\(run)")
          #expect(run.output.contains(";proto=https;"), "\(run)")
          let record = try await secure.gateway.log.records(of: "over-\(version)").first
          #expect(record?.httpVersion == name && record?.scheme == "https" && record?.tls == "TLSv1.3")
        }
      }
    }

    @Test func theCertificateIsChosenByName() async throws {
      try await withSecureGateway { secure in
        for (asked, got) in [
          ("first.test", "first.test"), ("a.test", "a.test"), ("A.TEST", "a.test"), ("x.w.test", "*.w.test"),
          ("exact.w.test", "exact.w.test"), ("x.y.w.test", "first.test"), ("other.test", "first.test"),
        ] {
          let run = try await secure.openssl("-servername", asked)
          #expect(run.said.contains("subject=CN = \(got)\n"), "\(asked): \(run)")
          // The chain is whole: the root alone is known to the client.
          #expect(run.said.contains("Verify return code: 0 (ok)"), "\(asked): \(run)")
          #expect(run.output.contains("HTTP/1.1 200 OK"), "\(asked): \(run)")
        }
        let unnamed = try await secure.openssl("-noservername")
        #expect(unnamed.said.contains("subject=CN = first.test\n"))
      }
    }

    @Test func oldVersionsAndSuitesAreRefusedWithTheRightAlert() async throws {
      try await withSecureGateway { secure in
        for (arguments, alert) in [
          (["-tls1", "-cipher", "DEFAULT:@SECLEVEL=0"], 70), (["-tls1_1", "-cipher", "DEFAULT:@SECLEVEL=0"], 70),
          (["-tls1_2", "-cipher", "AES128-SHA"], 40), (["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA"], 40),
          (["-tls1_2", "-cipher", "AES128-GCM-SHA256"], 40),
        ] {
          let run = try await ToolRun(
            ["openssl", "s_client", "-connect", "127.0.0.1:\(secure.port)"] + arguments)
          #expect(run.said.contains("SSL alert number \(alert)"), "\(arguments): \(run)")
        }
        #expect(await secure.failures(.versionMismatch) == 2)
        #expect(await secure.failures(.cipherMismatch) == 3)
        let old = try await secure.openssl("-tls1_2", path: "/head")
        #expect(
          old.said.contains("New, TLSv1.2, Cipher is ECDHE-ECDSA-AES") && old.output.contains(" 200 OK"), "\(old)")
        #expect(try await secure.gateway.log.records(atLeast: 1).first?.tls == "TLSv1.2")
      }
    }

    @Test func theOldestVersionCanBeRaised() async throws {
      try await withSecureGateway(tls: "minimumVersion: 1.3") { secure in
        let old = try await secure.curl("--tls-max", "1.2")
        #expect(old.status == 35 && old.errors.contains("alert protocol version"), "\(old)")
        #expect(await secure.failures(.versionMismatch) == 1)
        let new = try await secure.curl("-w", "%{http_code}")
        #expect(new.output.hasSuffix("200"), "\(new)")
      }
    }

    @Test func protocolsAreNegotiated() async throws {
      try await withSecureGateway { secure in
        for (offered, answer) in [
          ("h2,http/1.1", "ALPN protocol: h2"), ("http/1.1,h2", "ALPN protocol: h2"),
          ("http/1.1", "ALPN protocol: http/1.1"),
          ("spdy/3", "No ALPN negotiated"),
        ] {
          let run = try await ToolRun(
            ["openssl", "s_client", "-connect", "127.0.0.1:\(secure.port)", "-alpn", offered])
          #expect(run.said.contains(answer), "\(offered): \(run)")
        }
        // Without ALPN it is HTTP/1.1.
        let run = try await secure.openssl()
        #expect(run.output.contains("HTTP/1.1 200 OK"))
      }
    }

    @Test(arguments: ["-tls1_2", "-tls1_3"])
    func sessionsAreResumedAfterCertificatesWereRenewedToo(_ version: String) async throws {
      try await withSecureGateway { secure in
        let session = secure.folder.file("session.pem")
        let first = try await secure.openssl(version, "-sess_out", session)
        #expect(first.said.contains("New, TLSv1"), "\(first)")
        let second = try await secure.openssl(version, "-sess_in", session)
        #expect(second.said.contains("Reused, TLSv1"), "\(second)")
        #expect(second.output.contains("HTTP/1.1 200 OK"), "\(second)")
        _ = try secure.issue([.dns("renewed.test")], as: "0")
        let renewed = try await eventually(within: 20) {
          try await ToolRun(["openssl", "s_client", "-connect", "127.0.0.1:\(secure.port)", "-noservername"]).said
            .contains("subject=CN = renewed.test\n")
        }
        #expect(renewed)
        let third = try await secure.openssl(version, "-sess_in", session)
        #expect(third.said.contains("Reused, TLSv1"), "\(third)")
      }
    }

    @Test func aHandshakeMayComeByteByByte() async throws {
      try await withSecureGateway { secure in
        let relay = try TrickleRelay(to: secure.port, first: 900)
        defer { relay.stop() }
        let run = try await ToolRun([
          "curl", "-s", "-S", "--max-time", "20", "--http1.1", "--cacert", secure.root, "--resolve",
          "a.test:\(relay.port):127.0.0.1", "https://a.test:\(relay.port)/ok", "-w", "%{http_code}",
        ])
        #expect(run.output.hasSuffix("200"), "\(run)")
      }
    }
  }
}
