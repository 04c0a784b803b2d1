import SluiceCore
import Testing

@Suite struct ProxyHeaderWriterTests {
  private let v4 = EndpointAddress.v4(192, 0, 2, 7, port: 5555)
  private let local4 = EndpointAddress.v4(10, 0, 0, 1, port: 443)
  private let v6 = EndpointAddress.v6(high: 0x2001_0db8_0000_0000, low: 1, port: 5555)
  private let local6 = EndpointAddress.v6(high: 0x2001_0db8_0000_0000, low: 2, port: 443)

  private func text(_ client: EndpointAddress?, _ destination: EndpointAddress) -> String {
    String(decoding: ProxyHeaderWriter(isBinary: false).bytes(client: client, destination: destination), as: UTF8.self)
  }

  @Test func oneLineOfText() {
    #expect(text(v4, local4) == "PROXY TCP4 192.0.2.7 10.0.0.1 5555 443\r\n")
    #expect(text(v6, local6) == "PROXY TCP6 2001:db8::1 2001:db8::2 5555 443\r\n")
  }

  @Test func oneFamilyForBoth() {
    #expect(text(v4, local6) == "PROXY TCP6 ::ffff:192.0.2.7 2001:db8::2 5555 443\r\n")
    #expect(text(v6, local4) == "PROXY TCP6 2001:db8::1 ::ffff:10.0.0.1 5555 443\r\n")
    #expect(text(v4, .none) == "PROXY TCP4 192.0.2.7 0.0.0.0 5555 0\r\n")
  }

  @Test func aCheckSpeaksForTheGatewayItself() {
    #expect(text(nil, local4) == "PROXY UNKNOWN\r\n")
    #expect(text(.unix, local4) == "PROXY UNKNOWN\r\n")
    let binary = ProxyHeaderWriter(isBinary: true).bytes(client: nil, destination: local4)
    #expect(binary.count == 16 && binary[12...] == [0x20, 0, 0, 0])
  }

  @Test func binaryForm() {
    let four = ProxyHeaderWriter(isBinary: true).bytes(client: v4, destination: local4)
    #expect(four[..<12] == [0x0D, 0x0A, 0x0D, 0x0A, 0, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A])
    #expect(four[12...] == [0x21, 0x11, 0, 12, 192, 0, 2, 7, 10, 0, 0, 1, 0x15, 0xB3, 0x01, 0xBB])
    let six = ProxyHeaderWriter(isBinary: true).bytes(client: v6, destination: local6)
    #expect(six.count == 16 + 36 && six[12...15] == [0x21, 0x21, 0, 36] && six[31] == 1 && six[47] == 2)
  }
}
