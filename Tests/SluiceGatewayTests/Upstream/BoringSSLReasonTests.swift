import SluiceCore
import Testing

@testable import SluiceGateway

@Suite struct BoringSSLReasonTests {
  @Test func theAlertStandsInThePackedCode() {
    let reason = BoringSSLReason(
      description: "Error: 268436504 error:10000418:SSL routines:OPENSSL_internal:TLSV1_ALERT_UNKNOWN_CA at x.cc:1")
    #expect(reason.alert == TLSAlert(number: 48) && reason.name == "TLSV1_ALERT_UNKNOWN_CA")
    #expect(reason.cause == nil && !reason.isOnClientHello)
  }

  @Test func whatIsNoAlertIsAReasonOfOurs() {
    let reason = BoringSSLReason(
      description: "Error: 268435696 error:100000f0:SSL routines:OPENSSL_internal:UNSUPPORTED_PROTOCOL at x.cc:1")
    #expect(reason.alert == nil && reason.cause == .tlsVersionMismatch)
  }

  @Test func otherTextIsNothing() {
    for text in ["", "Error: ", "Error:  EOF during handshake", "Error: 99999999999999", "Error: 1048"] {
      #expect(BoringSSLReason(description: text) == BoringSSLReason([]), "\(text)")
    }
  }
}
