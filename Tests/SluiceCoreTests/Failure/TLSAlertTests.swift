import SluiceCore
import Testing

@Suite struct TLSAlertTests {
  @Test func alertsAboutACertificateAreAboutOurs() {
    for number: UInt8 in [41, 42, 43, 44, 45, 46, 48, 49, 116] {
      for moment in TLSAlert.Moment.allCases {
        #expect(TLSAlert(number: number).cause(at: moment) == .tlsClientCertificateWanted)
      }
    }
  }

  @Test func aHandshakeFailureDependsOnWhenItComes() {
    let alert = TLSAlert(number: 40)
    #expect(alert.cause(at: .onClientHello) == .tlsCipherMismatch)
    #expect(alert.cause(at: .inHandshake) == .tlsClientCertificateWanted)
    #expect(alert.cause(at: .afterHandshake) == .tlsAlert)
  }

  @Test func numbersWithoutANameAreAlertsToo() {
    #expect(TLSAlert(number: 249).name == nil)
    #expect(TLSAlert(number: 249).cause(at: .inHandshake) == .tlsAlert)
    #expect(TLSAlert(number: 112).name == "unrecognized_name")
  }
}
