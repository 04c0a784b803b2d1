import Testing

@testable import SluiceGateway

@Suite struct CheckHTTP2ReaderTests {
  @Test func aQuestionIsAMessageWithTheServicesName() {
    #expect(CheckHTTP2Reader.message(asking: "") == [0, 0, 0, 0, 0])
    #expect(CheckHTTP2Reader.message(asking: "ab") == [0, 0, 0, 0, 4, 0x0A, 2, 0x61, 0x62])
  }

  @Test func anAnswerIsServingOnlyWhereItSaysSo() {
    #expect(CheckHTTP2Reader.isServing([0, 0, 0, 0, 2, 8, 1]) == true)
    #expect(CheckHTTP2Reader.isServing([0, 0, 0, 0, 2, 8, 2]) == false)
    #expect(CheckHTTP2Reader.isServing([0, 0, 0, 0, 0]) == false)
    for none: [UInt8] in [[], [0, 0], [1, 0, 0, 0, 2, 8, 1], [0, 0, 0, 0, 2, 9, 1], [0, 0, 0, 0, 1, 8]] {
      #expect(CheckHTTP2Reader.isServing(none) == nil)
    }
  }
}
