import Foundation
import NIOSSL
import SluiceCore
import SluiceDiagnosis
import SluiceIncidents
import SluiceLab
import Synchronization
import TestSupport
import Testing

extension Integration {
  /// Each way in which TLS to an endpoint fails: status, Proxy-Status, evidence and verdict. The endpoints are real: the
  /// library's, `openssl s_server`, and sockets that send what the test says.
  @Suite struct UpstreamTLSMatrixTests {
    static let name = "origin.lab.test"

    /// What a client, an operator and a store saw of one request.
    private struct Seen {
      var response: RawResponse
      var incident: Incident
      var status: String { response["proxy-status"] ?? "" }
      var tls: TLSEvidence { get throws { try #require(incident.evidence?.tls) } }
      var attempt: StoredAttempt { get throws { try #require(incident.record.attempts?.last) } }
      var verdict: Verdict { diagnose(incident).verdict }
    }

    let run: IncidentRun
    let lab: LabCertificates
    let trust: String

    init() throws {
      run = try IncidentRun()
      lab = try LabCertificates.shared
      trust = try lab.authority.writeRoot(into: run.folder.path, name: "root")
    }

    func yaml(_ port: Int, _ tls: String, _ upstream: String = "") -> String {
      """
      workers: 1
      listeners: [{ address: '127.0.0.1:0' }]
      upstreams:
        app:
          endpoints: ['https://127.0.0.1:\(port)']
          tls: { trust: \(trust), serverName: \(Self.name)\(tls.isEmpty ? "" : ", " + tls) }
          ejection: off
          \(upstream)
      """
    }

    private func see(_ port: Int, tls: String = "", upstream: String = "", body: String? = nil) async throws -> Seen {
      let response = try await run.gateway(yaml(port, tls, upstream)) { gateway in
        guard let body else { return try await gateway.get("/x") }
        return try await gateway.exchange(
          "POST /x HTTP/1.1\r\nHost: test\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
      }
      return Seen(response: response, incident: try run.incident(try #require(response["sluice-incident"])))
    }

    private func expect(_ seen: Seen, _ cause: Cause, _ sentence: String? = nil) throws {
      #expect(seen.response.status == Int(cause.status))
      #expect(seen.status.contains("details=\"\(cause.identifier)\""), "\(seen.status)")
      let type = try #require(cause.proxyErrorType?.identifier)
      #expect(seen.status.contains("error=\(type);"), "\(seen.status)")
      #expect(seen.incident.record.cause == cause.identifier)
      let verdict = seen.verdict
      #expect(verdict.cause == cause.identifier, "\(verdict)")
      if let sentence { #expect(verdict.sentence.contains(sentence), "\(verdict)") }
    }

    func answers(_ gateway: GatewayHarness) async throws {
      let status = try await gateway.get("/x").status
      #expect(status == 200)
    }

    // MARK: What works

    @Test func aGoodEndpointAnswers() async throws {
      defer { run.remove() }
      try await withTLSPeer(lab.valid) { peer in
        try await withGateway(yaml(peer.port, "")) { gateway in
          for _ in 0..<3 { try await answers(gateway) }
          let records = try await gateway.log.records(atLeast: 3)
          let spent = try #require(records[0].attempts?.last?.tlsMs)
          #expect(spent > 0)
          #expect(records[1].attempts?.last?.isReused == true && records[1].attempts?.last?.tlsMs == nil)
        }
      }
    }

    @Test func anAddressIsMatchedAndNotAskedFor() async throws {
      defer { run.remove() }
      let certificate = try lab.authority.issue([.ip("127.0.0.1")])
      try await withTLSPeer(certificate) { peer in
        let text = yaml(peer.port, "").replacing(", serverName: \(Self.name)", with: "")
        try await withGateway(text) { try await answers($0) }
      }
      try await withTLSPeer(lab.valid) { peer in
        let text = yaml(peer.port, "").replacing(", serverName: \(Self.name)", with: "")
        let response = try await run.gateway(text) { try await $0.get("/x") }
        let incident = try run.incident(try #require(response["sluice-incident"]))
        let tls = try #require(incident.evidence?.tls)
        #expect(incident.record.cause == "tls_name_mismatch")
        #expect(tls.nameWanted == "127.0.0.1" && tls.nameAsked == nil)
      }
    }

    @Test func withoutVerificationAnyCertificateWillDo() async throws {
      defer { run.remove() }
      try await withTLSPeer(lab.selfSigned) { peer in
        let text = yaml(peer.port, "verify: none").replacing("trust: \(trust), ", with: "")
        try await withGateway(text) { try await answers($0) }
      }
    }

    // MARK: Certificates

    @Test(arguments: [
      (Cause.tlsCertExpired, "expired on 2021-12-31"), (.tlsCertNotYetValid, "is valid from 2098-01-01 on"),
      (.tlsCertUntrusted, "leads to CN=Somebody Else's Root"), (.tlsCertSelfSigned, "is self-signed"),
      (.tlsCertIncompleteChain, "CN=Sluice Lab Intermediate"),
      (.tlsNameMismatch, "is for other.lab.test, www.lab.test and 192.0.2.1, not for origin.lab.test"),
    ])
    func aBadCertificateIsToldAsWhatItIs(cause: Cause, sentence: String) async throws {
      defer { run.remove() }
      let certificate =
        switch cause {
        case .tlsCertExpired: lab.expired
        case .tlsCertNotYetValid: lab.notYetValid
        case .tlsCertUntrusted: lab.unknownIssuer
        case .tlsCertSelfSigned: lab.selfSigned
        case .tlsCertIncompleteChain: lab.valid.withoutIntermediates
        default: lab.wrongName
        }
      let seen = try await withTLSPeer(certificate) { try await see($0.port) }
      try expect(seen, cause, sentence)
      let tls = try seen.tls
      #expect(tls.faults == [cause.identifier] && tls.nameWanted == Self.name && tls.trust == trust)
      let leaf = try #require(tls.chain.first)
      #expect(tls.chain.count == certificate.chain.count && leaf.fingerprint.count == 64)
      #expect(!leaf.serial.isEmpty && leaf.notBefore < leaf.notAfter)
      let attempt = try seen.attempt
      #expect(attempt.phase == "tls" && attempt.bytesSent == 0 && attempt.tlsMs ?? -1 >= 0)
    }

    @Test func anIntermediateThatHasExpiredIsNamed() async throws {
      defer { run.remove() }
      let seen = try await withTLSPeer(lab.expiredIntermediate) { try await see($0.port) }
      try expect(seen, .tlsCertExpired, "An intermediate certificate of https://127.0.0.1:")
    }

    @Test func aCertificateForClientsIsRefused() async throws {
      defer { run.remove() }
      let certificate = try lab.authority.issue([.dns(Self.name)], use: .connecting)
      let seen = try await withTLSPeer(certificate) { try await see($0.port) }
      try expect(seen, .tlsCertUntrusted, "not for servers")
    }

    @Test func allThatIsWrongIsKept() async throws {
      defer { run.remove() }
      let certificate = try CertificateAuthority.selfSigned([.dns("other.test")], validity: .past)
      let seen = try await withTLSPeer(certificate) { try await see($0.port) }
      try expect(seen, .tlsCertSelfSigned)
      let tls = try seen.tls
      #expect(tls.faults == ["tls_cert_self_signed", "tls_cert_expired", "tls_name_mismatch"])
    }

    @Test func strangersSeeNothingOfIt() async throws {
      defer { run.remove() }
      try await withTLSPeer(lab.wrongName) { peer in
        let text = yaml(peer.port, "") + "\ntrusted: { detail: [10.0.0.0/8] }"
        let response = try await withGateway(text) { try await $0.get("/x") }
        let all = text_(response)
        #expect(response.status == 502 && all.contains("tls_name_mismatch"))
        for secret in ["other.lab.test", "origin.lab.test", "127.0.0.1", trust] { #expect(!all.contains(secret)) }
      }
    }

    private func text_(_ response: RawResponse) -> String {
      response.fields.map { "\($0.name): \($0.value)\n" }.joined() + text(response.body)
    }

    // MARK: Alerts

    /// Numbers of IANA's registry that end a connection.
    private static let alerts: [UInt8] = [
      10, 20, 21, 22, 30, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 60, 70, 71, 80, 86, 90, 100, 109, 110, 111,
      112,
      113, 114, 115, 116, 120, 121,
    ]

    @Test func eachAlertIsReadByItsNumber() async throws {
      defer { run.remove() }
      let next = Mutex(0)
      let peer = try ScriptedPeer({ [21, 3, 3, 0, 2, 2, next.withLock { Self.alerts[$0] }] }, then: .stall)
      defer { peer.stop() }
      let responses = try await run.gateway(yaml(peer.port, "")) { gateway in
        var responses: [RawResponse] = []
        for index in Self.alerts.indices {
          next.withLock { $0 = index }
          responses.append(try await gateway.get("/x"))
        }
        return responses
      }
      for (number, response) in zip(Self.alerts, responses) {
        let alert = TLSAlert(number: number)
        let cause = alert.cause(at: .onClientHello)
        let seen = Seen(
          response: response, incident: try run.incident(try #require(response["sluice-incident"])))
        try expect(seen, cause)
        // Twenty incidents of a problem in a minute keep their evidence.
        guard let tls = seen.incident.evidence?.tls else { continue }
        #expect(tls.alert == TLSEvidence.Alert(number: number, name: alert.name), "alert \(number)")
        if cause.proxyErrorType == .tlsAlertReceived {
          let name = try #require(alert.name)
          #expect(seen.status.contains("alert-id=\(number); alert-message=\"\(name)\""), "\(seen.status)")
        }
      }
    }

    // MARK: What both sides can

    @Test func versionsWithoutACommonOne() async throws {
      defer { run.remove() }
      let seen = try await withTLSPeer(lab.valid, change: { $0.maximumTLSVersion = .tlsv12 }) {
        try await see($0.port, tls: "minimumVersion: '1.3'")
      }
      try expect(seen, .tlsVersionMismatch, "protocol_version (70)")
    }

    @Test func ciphersWithoutACommonOne() async throws {
      defer { run.remove() }
      let files = try lab.valid.write(into: run.folder.path, name: "openssl")
      let folder = try TestFolder()
      let port = try listenPort()
      // For a certificate of the other kind of key: none of what the gateway offers is left.
      let process = try RunningProcess(
        [
          "openssl", "s_server", "-accept", "127.0.0.1:\(port)", "-cert", files.certificate, "-key", files.key,
          "-tls1_2", "-cipher", "ECDHE-RSA-AES128-GCM-SHA256", "-quiet",
        ], in: folder)
      try await process.listens(on: port)
      let seen = try await see(port)
      await process.stop()
      try expect(seen, .tlsCipherMismatch, "handshake_failure (40)")
    }

    // MARK: The gateway's own certificate

    func wantsCertificate(_ settings: inout TLSConfiguration, isOld: Bool = false) throws {
      settings.certificateVerification = .noHostnameVerification
      settings.trustRoots = .certificates([try NIOSSLCertificate(bytes: lab.authority.rootDER, format: .der)])
      if isOld { settings.maximumTLSVersion = .tlsv12 }
    }

    @Test(arguments: [false, true])
    func aCertificateIsWantedAndThereIsNone(isOld: Bool) async throws {
      defer { run.remove() }
      let seen = try await withTLSPeer(lab.valid, change: { try? wantsCertificate(&$0, isOld: isOld) }) {
        try await see($0.port)
      }
      try expect(seen, .tlsClientCertificateWanted, "the endpoint wants one")
      let tls = try seen.tls
      #expect(!tls.hasClientCertificate && tls.alert?.number == (isOld ? 40 : 116))
      // Before TLS 1.3 the endpoint says it within the handshake.
      #expect(tls.isAfterHandshake == !isOld && tls.version == (isOld ? "TLS 1.2" : "TLS 1.3"))
    }

    @Test func theCertificateIsNotAccepted() async throws {
      defer { run.remove() }
      let stranger = try CertificateAuthority(name: "Stranger", organisation: "Stranger")
      let files = try stranger.issue([], commonName: "gateway", use: .connecting)
        .write(into: run.folder.path, name: "stranger")
      let seen = try await withTLSPeer(lab.valid, change: { try? wantsCertificate(&$0) }) {
        try await see($0.port, tls: "certificate: \(files.certificate), key: \(files.key)")
      }
      try expect(seen, .tlsClientCertificateWanted, "does not accept the gateway's")
      let tls = try seen.tls
      #expect(tls.hasClientCertificate)
    }

    @Test func theCertificateIsAccepted() async throws {
      defer { run.remove() }
      let files = try lab.client.write(into: run.folder.path, name: "client")
      try await withTLSPeer(lab.valid, change: { try? wantsCertificate(&$0) }) { peer in
        let text = yaml(peer.port, "certificate: \(files.certificate), key: \(files.key)")
        try await withGateway(text) { try await answers($0) }
      }
    }

    // MARK: No TLS, or not all of it

    @Test(arguments: [
      ("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n", nil as String?), ("SSH-2.0-OpenSSH_9.2\r\n", "ssh"),
    ])
    func aPortThatSpeaksPlainText(bytes: String, appearance: String?) async throws {
      defer { run.remove() }
      let peer = try ScriptedPeer({ Array(bytes.utf8) }, then: .close)
      defer { peer.stop() }
      let seen = try await see(peer.port)
      try expect(seen, .tlsToPlaintextPort, "whose port speaks plain text")
      let first = try #require(seen.incident.evidence?.firstBytes)
      #expect(first.looksLike == appearance && first.count == bytes.utf8.count)
    }

    @Test func nothingComes() async throws {
      defer { run.remove() }
      let peer = try ScriptedPeer({ [] }, then: .stall)
      defer { peer.stop() }
      let seen = try await see(peer.port, upstream: "timeouts: { tls: 300ms }")
      try expect(seen, .tlsHandshakeTimeout)
      let attempt = try seen.attempt
      let spent = try #require(attempt.tlsMs)
      #expect(spent >= 290 && spent < 3000, "\(spent)")
    }

    @Test func theConnectionIsClosed() async throws {
      defer { run.remove() }
      let peer = try ScriptedPeer({ [] }, then: .close)
      defer { peer.stop() }
      try expect(try await see(peer.port), .tlsClosedInHandshake, "in the middle of the TLS handshake")
    }

    @Test func theConnectionIsReset() async throws {
      defer { run.remove() }
      let peer = try ScriptedPeer({ [] }, then: .reset)
      defer { peer.stop() }
      let seen = try await see(peer.port)
      try expect(seen, .tlsClosedInHandshake)
      let attempt = try seen.attempt
      #expect(attempt.errno == "ECONNRESET")
    }

    @Test func garbageInTheFormOfARecord() async throws {
      defer { run.remove() }
      let peer = try ScriptedPeer({ [22, 3, 3, 0, 5, 99, 0, 0, 1, 7] }, then: .close)
      defer { peer.stop() }
      let seen = try await see(peer.port)
      try expect(seen, .tlsHandshakeFailed)
      let tls = try seen.tls
      #expect(tls.reason?.isEmpty == false && seen.incident.evidence?.firstBytes?.count == 10)
    }

    // MARK: The end of a body

    @Test(arguments: [TLSPeer.End.closed, .cut])
    func aBodyThatOnlyTheCloseEnds(end: TLSPeer.End) async throws {
      defer { run.remove() }
      try await withTLSPeer(lab.valid, answer: "HTTP/1.1 200 OK\r\n\r\nhalf", end: end) { peer in
        try await withGateway(yaml(peer.port, "")) { gateway in
          _ = try? await gateway.get("/x")
          let record = try #require(try await gateway.log.records(atLeast: 1).first)
          #expect(record.status == 200)
          #expect(record.cause == (end == .cut ? "truncated_body" : nil))
          #expect((record.isAborted == true) == (end == .cut))
        }
      }
    }

    // MARK: Configuration

    @Test func aReloadWithAFileThatIsNoneIsRefused() async throws {
      defer { run.remove() }
      try await withTLSPeer(lab.valid) { peer in
        try await withGateway(yaml(peer.port, "")) { gateway in
          try Data("no certificate\n".utf8).write(to: URL(fileURLWithPath: trust))
          let configuration = try GatewayHarness.load(yaml(peer.port, ""), log: gateway.log.path)
          await #expect(throws: (any Error).self) { try await gateway.gateway.reload(configuration) }
          try await answers(gateway)
        }
      }
    }
  }
}
