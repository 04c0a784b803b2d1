internal import Testing

@testable internal import SluiceGateway

@Suite struct TakeoverTimeTests {
  @Test func theOlderProcessLosesPatienceFirst() {
    #expect(TakeoverTime.pause < TakeoverTime.takeover && TakeoverTime.question < TakeoverTime.takeover)
  }
}
