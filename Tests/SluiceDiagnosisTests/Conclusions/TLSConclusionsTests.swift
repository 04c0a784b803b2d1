import SluiceCore
import SluiceDiagnosis
import SluiceIncidents
import Testing

@Suite struct TLSConclusionsTests {
  private func failed(_ cause: Cause, _ change: (inout HandshakeSeen) -> Void = { _ in }) -> Looked {
    var looked = Looked("https://app.test:3000")
    looked.failHandshake(cause, change)
    return looked
  }

  @Test(arguments: [
    Cause.tlsCertExpired, .tlsCertNotYetValid, .tlsCertUntrusted, .tlsCertSelfSigned, .tlsCertIncompleteChain,
    .tlsNameMismatch, .tlsClientCertificateWanted, .tlsCipherMismatch, .tlsAlert, .tlsClosedInHandshake,
    .tlsHandshakeTimeout, .tlsVersionMismatch,
  ])
  func whatTheHandshakeMetIsTheVerdict(cause: Cause) {
    #expect(failed(cause).verdict.cause == cause.identifier)
    #expect(failed(cause).step?.mark == .failing)
  }

  @Test func aRenewedCertificateIsSaidToBeOne() {
    let other = Looked.certificate("other.test")
    let name = failed(.tlsNameMismatch) {
      $0.tls.chain = [other]
      $0.before = Looked.certificate("app.test")
    }
    #expect(name.verdict.cause == "tls_name_mismatch")
    #expect(name.verdict.sentence.contains("renewed with one for other.test, not for app.test"))
    #expect(name.diagnosis.candidates[0].evidence.contains { $0.hasPrefix("The one before was for app.test") })
    let issuer = failed(.tlsCertUntrusted) {
      $0.tls.chain = [Looked.certificate("app.test", issuer: "CN=Nobody")]
      $0.trustWanted = "CN=Nobody"
      $0.before = Looked.certificate("app.test")
    }
    #expect(issuer.verdict.cause == "tls_cert_untrusted")
    #expect(issuer.verdict.sentence.contains("renewed by CN=Nobody, which is not trusted"))
  }

  @Test func theSameCertificateIsNoRenewal() {
    let same = failed(.tlsNameMismatch) { $0.before = $0.tls.chain.first }
    #expect(!same.verdict.sentence.contains("renewed"))
  }

  @Test func plainHTTPAtATLSEndpointIsCertainWhereItAnswers() {
    var looked = failed(.tlsToPlaintextPort) { $0.tls.chain = [] }
    #expect(looked.verdict.cause == "tls_to_plaintext_port")
    looked.add(.otherScheme, status: 200)
    #expect(looked.verdict.cause == "wrong_scheme")
    #expect(looked.verdict.sure == .certain)
    #expect(looked.verdict.next.contains("http://"))
  }

  @Test func aStalledHandshakeOfAPortThatIsSilentInPlainTextTooIsAHungProcess() {
    var looked = failed(.tlsHandshakeTimeout) { $0.tls.chain = [] }
    #expect(looked.diagnosis.candidates.map(\.cause) == ["tls_handshake_timeout"])
    looked.add(.otherScheme, cause: .responseHeaderTimeout)
    #expect(looked.diagnosis.candidates.map(\.cause) == ["tls_handshake_timeout", "application_hung"])
  }

  @Test func oldVersionsThatItSpeaksAreNamed() {
    let looked = failed(.tlsVersionMismatch) {
      $0.tls.chain = []
      $0.versions = [
        TLSVersionSeen(version: "TLS 1.3", isSpoken: false), TLSVersionSeen(version: "TLS 1.2", isSpoken: false),
        TLSVersionSeen(version: "TLS 1.1 or older", isSpoken: true),
      ]
    }
    #expect(looked.verdict.sure == .certain)
    #expect(looked.verdict.sentence.contains("TLS 1.1 or older"))
  }

  @Test func aCertificateThatIsWantedAfterTheHandshake() {
    var looked = Looked("https://app.test:3000")
    looked.failHandshake(.tlsAlert) { $0.cause = nil }
    looked.examination.responses = Looked().examination.responses
    looked.failResponse(.tlsClientCertificateWanted, after: 3)
    #expect(looked.verdict.cause == "tls_client_certificate_wanted")
  }
}
