import Foundation
import NIOSSL
import SluiceIncidents
import SluiceLab
import TestSupport
import Testing

// What is noticed before it fails, and what is saved although it did.

extension Integration.UpstreamTLSMatrixTests {
  // MARK: Before it fails

  private func valid(days: Int64) throws -> IssuedCertificate {
    let now = Int64(Date().timeIntervalSince1970)
    return try lab.authority.issue(
      [.dns(Self.name)], validity: CertificateValidity(notBefore: now - 86_400, notAfter: now + days * 86_400))
  }

  private func expiring() throws -> [Problem] {
    let now = Int64(Date().timeIntervalSince1970 * 1000)
    return try run.reader().problems(limit: 10, at: now)
      .filter { $0.key.cause == ProblemKey.certificateExpiresSoon }
  }

  @Test func aCertificateThatEndsSoonIsAProblemAndANewOneAChange() async throws {
    defer { run.remove() }
    let port = try listenPort()
    try await run.gateway(yaml(port, "", "timeouts: { poolIdle: 1ms }")) { gateway in
      let old = try await TLSPeer.start(try valid(days: 12), port: port)
      try await answers(gateway)
      try await old.stop()
      // The connection that was idle is given up by the next tick of the timers.
      try await Task.sleep(for: .milliseconds(100))
      let new = try await TLSPeer.start(try valid(days: 13), port: port)
      try await answers(gateway)
      let seen = await eventually(within: 20) { (try? expiring().isEmpty) == false }
      #expect(seen)
      try await new.stop()
    }
    let problem = try #require(try expiring().first)
    #expect(problem.key.upstream == "app" && problem.key.endpoint?.contains("(expires 20") == true)
    let change = try #require(try run.reader().changes(since: 0).first { $0.kind == .certificate })
    #expect(change.upstream == "app" && change.text.contains("shows another certificate, CN=\(Self.name)"))
  }

  @Test func checksSpeakTLSToo() async throws {
    defer { run.remove() }
    try await withTLSPeer(lab.valid) { good in
      try await withTLSPeer(lab.expired) { bad in
        let text = yaml(good.port, "", "health: { path: /x, interval: 100ms, timeout: 90ms, fall: 1 }")
          .replacing(
            "'https://127.0.0.1:\(good.port)'",
            with: "'https://127.0.0.1:\(good.port)', 'https://127.0.0.1:\(bad.port)'"
          )
          .replacing("ejection: off", with: "panic: on")
        try await withGateway(text) { gateway in
          let isSettled = await eventually(within: 20) {
            let states = await gateway.gateway.endpoints(ofUpstream: "app")
            return states.map(\.standing) == ["healthy", "unhealthy"] && states[1].reason.hasSuffix("tls_cert_expired")
          }
          let states = await gateway.gateway.endpoints(ofUpstream: "app")
          #expect(isSettled, "\(states)")
        }
      }
    }
  }

  // MARK: What may be sent again

  @Test func whatWasRefusedUnreadIsSentToAnother() async throws {
    defer { run.remove() }
    try await withTLSPeer(lab.valid, change: { try? wantsCertificate(&$0) }) { strict in
      try await withTLSPeer(lab.valid) { lenient in
        let text = yaml(strict.port, "", "balance: roundRobin").replacing(
          "'https://127.0.0.1:\(strict.port)'",
          with: "'https://127.0.0.1:\(strict.port)', 'https://127.0.0.1:\(lenient.port)'")
        try await withGateway(text) { gateway in
          for _ in 0..<4 {
            let response = try await gateway.exchange(
              "POST /pay HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\nhello")
            #expect(response.status == 200)
          }
          let records = try await gateway.log.records(atLeast: 4)
          let replayed = records.filter { $0.attempts?.count == 2 }
          #expect(!replayed.isEmpty)
          #expect(replayed.allSatisfy { $0.attempts?.first?.cause == "tls_client_certificate_wanted" })
        }
      }
    }
  }
}
