import Testing

@testable import SluiceAdmin

@Suite struct ExportAnswerTests {
  @Test func nothingAndAnEmptyPartAreASuccess() {
    for body in [[], [0x0A, 0x00]] as [[UInt8]] {
      let answer = ExportAnswer(body)
      #expect(answer.isUnderstood && answer.rejectedSpans == 0 && answer.message.isEmpty)
    }
  }

  @Test func aPartialSuccess() {
    // Field 1: { field 1: 300, field 2: "no\n", an unknown field 9 of each kind }.
    let part: [UInt8] =
      [0x08, 0xAC, 0x02, 0x12, 0x03, 0x6E, 0x6F, 0x0A, 0x48, 0x01, 0x4D, 1, 2, 3, 4] + [0x49, 1, 2, 3, 4, 5, 6, 7, 8]
    let answer = ExportAnswer([0x0A, UInt8(part.count)] + part)
    #expect(answer.isUnderstood && answer.rejectedSpans == 300 && answer.message == "no ")
  }

  @Test func aNegativeNumberIsNone() {
    let answer = ExportAnswer([0x0A, 0x0B, 0x08] + Array(repeating: 0xFF, count: 9) + [0x01])
    #expect(answer.isUnderstood && answer.rejectedSpans == 0)
  }

  @Test(arguments: [
    Array("<html>".utf8), Array("{}".utf8), [0x0A], [0x0A, 0x05, 0x08], [0x0A, 0x02, 0x08, 0x80], [0x00], [0x0B],
    [0x08] + Array(repeating: 0x80, count: 11), [0x0A] + Array(repeating: 0xFF, count: 9) + [0x01],
    [0x0D, 1, 2], [0x09, 1, 2], [0x0A, 0x01, 0x0F],
  ])
  func whatIsNoMessage(body: [UInt8]) {
    let answer = ExportAnswer(body)
    #expect(!answer.isUnderstood && answer.rejectedSpans == 0 && answer.message.isEmpty)
  }

  @Test func anyBytesAreRead() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let count = Int.random(in: 0..<40, using: &random)
      let body = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) & 0x5F }
      #expect(ExportAnswer(body).message.count <= SpanLimits.messageMax)
    }
  }

  @Test func aMessageIsOneShortLine() {
    let long = Array(String(repeating: "é\u{1B}[31m\n", count: 400).utf8)
    var part: [UInt8] = [0x12, UInt8(long.count & 0x7F | 0x80), UInt8(long.count >> 7)] + long
    part = [0x0A, UInt8(part.count & 0x7F | 0x80), UInt8(part.count >> 7)] + part
    let answer = ExportAnswer(part)
    #expect(answer.isUnderstood && answer.message.count == SpanLimits.messageMax)
    #expect(answer.message.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
  }
}
