import Testing

@testable import SluiceLab

struct ProxyStatusMemberTests {
  @Test func readsTheLastMember() {
    let member = ProxyStatusMember(
      #"inner; error=connection_refused, outer;error=http_protocol_error ; details="not_http";next-hop="[::1]:80""#)
    #expect(member.name == "outer" && member.count == 2)
    #expect(member.parameters["error"] == "http_protocol_error")
    #expect(member.parameters["details"] == "not_http")
    #expect(member.parameters["next-hop"] == "[::1]:80")
  }

  @Test func separatorsInsideOfQuotesSeparateNothing() {
    let member = ProxyStatusMember(#""a, b; c"; details="x, \"y\"; z""#)
    #expect(member.name == "a, b; c" && member.count == 1)
    #expect(member.parameters["details"] == #"x, "y"; z"#)
  }

  @Test func anAbsentFieldHasNoMember() {
    #expect(ProxyStatusMember(nil).count == 0)
    #expect(ProxyStatusMember("").parameters.isEmpty)
  }
}
