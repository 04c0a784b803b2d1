import SluiceCore
import Testing

@testable import SluiceProbes

@Suite struct RouteQuestionTests {
  @Test func loopbackGoesByItsOwnDevice() {
    #expect(RouteQuestion.route(to: .v4(127, 0, 0, 1, port: 80)) == "dev lo")
  }

  @Test func anAnswerWithAGateway() {
    // `nlmsghdr`, `rtmsg` of IPv4, RTA_OIF with the number of `lo`, RTA_GATEWAY.
    let head: [UInt8] = [44, 0, 0, 0, 24, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]
    let route: [UInt8] = [2, 32, 0, 0, 254, 0, 0, 1, 0, 0, 0, 0]
    let device: [UInt8] = [8, 0, 4, 0, 1, 0, 0, 0]
    let gateway: [UInt8] = [8, 0, 5, 0, 10, 0, 0, 1]
    #expect(RouteQuestion.text(head + route + device + gateway) == "dev lo via 10.0.0.1")
    #expect(RouteQuestion.text(head + route + device) == "dev lo")
    #expect(RouteQuestion.text(head + route) == nil)
    #expect(RouteQuestion.text(Array((head + route + device).prefix(19))) == nil)
  }

  @Test(
    arguments: [(-22, "blackhole"), (-113, "unreachable"), (-13, "prohibit"), (-101, "none"), (-1, nil)]
      as [(Int32, String?)])
  func aRouteThatLeadsNowhere(code: Int32, text: String?) {
    let number = withUnsafeBytes(of: code) { Array($0) }
    #expect(RouteQuestion.text([20, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0] + number) == text)
  }
}
