import SluiceCore
import SluiceDiagnosis
import SluiceIncidents
import Testing

@Suite struct DirectStepTests {
  @Test func aHealthyEndpointStageByStage() {
    var looked = Looked()
    var kept = KeepAliveSeen(watchedMs: 1200, takesSecondRequest: true)
    kept.announcedMs = 5000
    looked.examination.keepAlive = .value(kept)
    #expect(looked.step?.mark == .fine)
    #expect(
      looked.step?.findings.map(\.text) == [
        "app.test is 192.0.2.7, for 60 s, known within 0 ms (asked: 198.51.100.53:53).",
        "192.0.2.7:3000 takes a connection within 0.4 ms, route dev eth0 via 192.0.2.1.",
        "GET / answers 200 after 12 ms, HTTP/1.1.",
        "It takes a second request on the same connection, open for 1.2 s after it; it announces 5 s.",
      ])
  }

  @Test func whatWasNotLookedAtSaysWhy() {
    var looked = Looked()
    looked.examination.resolution = .notRun("The resolver could not be started.")
    looked.examination.connections = .timedOut(milliseconds: 2500)
    looked.examination.responses = nil
    #expect(looked.step?.mark == .notRun)
    #expect(
      looked.step?.findings.map(\.text) == [
        "The resolver could not be started.", "Whether it takes connections was not known within 2.5 s.",
      ])
  }

  @Test func noExaminationOfTheNetworkIsNoStep() {
    var looked = Looked()
    looked.examination.resolution = nil
    looked.examination.connections = nil
    looked.examination.responses = nil
    #expect(looked.step == nil)
  }

  @Test func aConnectionThatFailsShowsErrnoRouteAndICMP() {
    var looked = Looked()
    looked.failConnection(.hostUnreachable, errno: "EHOSTUNREACH", after: 3)
    looked.changeConnection {
      $0.icmp = "host unreachable"
      $0.icmpFrom = "192.0.2.1"
    }
    let text =
      "No connection to 192.0.2.7:3000: EHOSTUNREACH after 3 ms, ICMP host unreachable from 192.0.2.1, "
      + "route dev eth0 via 192.0.2.1."
    #expect(looked.step?.findings.contains(StepReport.Finding(.failing, text)) == true)
  }

  @Test func aCertificateIsExplained() {
    var looked = Looked("https://app.test:3000")
    looked.failHandshake(.tlsCertExpired) {
      $0.tls.chain = [Looked.certificate("app.test", days: -3)]
      $0.trustWanted = "CN=Test CA"
      $0.wantsClientCertificate = true
      $0.versions = [
        TLSVersionSeen(version: "TLS 1.3", isSpoken: true), TLSVersionSeen(version: "TLS 1.2", isSpoken: false),
      ]
    }
    let texts = looked.step?.findings.map(\.text) ?? []
    #expect(texts.contains("Its certificate expired on 2026-09-18, 3 days ago."))
    #expect(texts.contains("To be trusted it needs CN=Test CA among /etc/ssl/certs/ca-certificates.crt."))
    #expect(texts.contains("It asks for a client certificate, and none is configured."))
    #expect(texts.contains("Versions: TLS 1.3 yes, TLS 1.2 no."))
  }

  @Test func aCertificateThatEndsSoonIsAWarning() {
    var looked = Looked("https://app.test:3000")
    looked.failHandshake(.tlsAlert) {
      $0.cause = nil
      $0.tls.faults = []
      $0.tls.chain = [Looked.certificate("app.test", days: 5)]
    }
    looked.examination.responses = Looked().examination.responses
    #expect(looked.step?.mark == .warning)
    #expect(looked.verdict.cause == "none")
  }

  @Test func valuesOfPeersAreSafeToShow() {
    var looked = Looked("https://app.test:3000")
    let evil = "\u{1B}[31mevil\u{202E}\n"
    looked.changeResolution {
      $0.responseCode = evil
      $0.cause = evil
    }
    looked.changeConnection {
      $0.route = evil
      $0.icmp = evil
      $0.cause = evil
    }
    looked.failHandshake(.tlsNameMismatch) {
      $0.tls.chain = [Looked.certificate(evil, issuer: evil)]
      $0.tls.nameWanted = evil
      $0.trustWanted = evil
      $0.before = Looked.certificate(evil)
      $0.versions = [TLSVersionSeen(version: evil, isSpoken: false)]
    }
    looked.examination.responses = Looked().examination.responses
    looked.changeResponse {
      $0.path = evil
      $0.fields = [FieldSeen(name: "server", value: evil)]
      $0.firstBytes = FirstBytes(text: evil, count: 3, isCut: false, looksLike: nil)
      $0.cause = evil
    }
    let texts = (looked.step?.findings.map(\.text) ?? []) + [looked.verdict.sentence, looked.verdict.next]
    #expect(texts.count > 5)
    #expect(texts.allSatisfy { !$0.unicodeScalars.contains { $0.value < 32 || $0.value == 0x202E } })
  }
}
