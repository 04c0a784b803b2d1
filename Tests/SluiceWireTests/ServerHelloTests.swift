import SluiceWire
import Testing

@Suite struct ServerHelloTests {
  private func read(_ bytes: [UInt8]) -> ServerHello? { ServerHello(bytes.span.bytes) }

  /// A record with a ServerHello: session ID of four bytes, one extension before the version's.
  private func hello(cipher: UInt16, extensions: [UInt8]) -> [UInt8] {
    let random = [UInt8](repeating: 7, count: 32)
    let length = [UInt8(extensions.count >> 8), UInt8(truncatingIfNeeded: extensions.count)]
    return [22, 3, 3, 0, 0, 2, 0, 0, 0, 3, 3] + random + [4, 1, 2, 3, 4, UInt8(cipher >> 8)]
      + [UInt8(truncatingIfNeeded: cipher), 0] + length + extensions
  }

  @Test func theVersionOfTLS13StandsInAnExtension() {
    let bytes = hello(cipher: 0x1301, extensions: [0, 51, 0, 2, 9, 9, 0, 43, 0, 2, 3, 4])
    #expect(read(bytes)?.versionName == "TLS 1.3" && read(bytes)?.cipherName == "TLS_AES_128_GCM_SHA256")
  }

  @Test func withoutItTheOldFieldHolds() {
    let bytes = hello(cipher: 0xC02B, extensions: [])
    #expect(read(bytes)?.versionName == "TLS 1.2")
    #expect(read(hello(cipher: 0x00FF, extensions: []))?.cipherName == "0x00ff")
  }

  @Test func cutAnywhereItIsReadOrNot() {
    let bytes = hello(cipher: 0x1301, extensions: [0, 43, 0, 2, 3, 4])
    for count in 0..<bytes.count {
      // As far as the suite it is nothing; from there on the suite is known.
      #expect((read(Array(bytes.prefix(count))) != nil) == (count >= 50), "\(count)")
    }
  }

  @Test func anAlertIsNone() { #expect(read([21, 3, 3, 0, 2, 2, 40]) == nil) }
}
