import SluiceCore
import SluiceIncidents
import Testing

/// Numbers and addresses are written with arithmetic on whole words: each is compared with what Swift itself writes.
@Suite struct OutputTextTests {
  private func text(capacity: Int = 64, _ write: (inout OutputSpan<UInt8>) -> Void) -> String {
    String(decoding: [UInt8](capacity: capacity, initializingWith: write), as: UTF8.self)
  }

  private func padded(_ value: Int) -> String { String(repeating: "0", count: 3 - "\(value)".count) + "\(value)" }

  private static let powers: [UInt64] = (0..<20).map { exponent in (0..<exponent).reduce(1) { power, _ in power * 10 } }

  @Test func numbersAreTheirDigits() {
    for value in UInt64(0)..<20_000 { #expect(text { $0.write(decimal: value) } == "\(value)") }
    // Each pair of halves that differ in all lanes: the divisions of one lane must not reach into the next.
    for upper in stride(from: UInt64(0), to: 10_000, by: 37) {
      for lower in stride(from: UInt64(0), to: 10_000, by: 101) {
        let value = upper * 10_000 + lower
        #expect(text { $0.write(decimal: value) } == "\(value)")
      }
    }
    for power in Self.powers {
      for value in [power - 1, power, power + 1, power &* 9, .max - power] {
        #expect(text { $0.write(decimal: value) } == "\(value)")
      }
    }
    #expect(text { $0.write(decimal: .max) } == "18446744073709551615")
  }

  @Test func aNumberFitsWhereThereIsRoomForItsDigitsOnly() {
    for value in Self.powers + [.max] {
      #expect(text(capacity: "\(value)".count) { $0.write(decimal: value) } == "\(value)")
    }
    #expect(text(capacity: 5) { $0.write(milliseconds: 1234) } == "1.234")
    #expect(text(capacity: 9) { $0.write(.v4(1, 2, 3, 4, port: 5)) } == "1.2.3.4:5")
  }

  @Test func millisecondsHaveThreeDecimals() {
    for value in 0..<12_000 {
      #expect(text { $0.write(milliseconds: Int64(value)) } == "\(value / 1000).\(padded(value % 1000))")
    }
    #expect(text { $0.write(milliseconds: -1) } == "0.000")
    #expect(text { $0.write(milliseconds: .max) } == "9223372036854775.807")
  }

  @Test func eachOctetIsWrittenAtEachPlace() {
    for octet in UInt8.min...UInt8.max {
      #expect(text { $0.write(.v4(octet, 0, 255, 10, port: 1)) } == "\(octet).0.255.10:1")
      #expect(text { $0.write(.v4(0, octet, 99, 100, port: 65535)) } == "0.\(octet).99.100:65535")
      #expect(text { $0.write(.v4(9, 1, octet, 0, port: 80)) } == "9.1.\(octet).0:80")
      #expect(text { $0.write(.v4(127, 0, 0, octet, port: 8080)) } == "127.0.0.\(octet):8080")
      #expect(text { $0.write(.v4(127, 0, 0, octet)) } == "127.0.0.\(octet)")
    }
  }

  @Test func aWordGivesItsFirstBytes() {
    for count in 0...8 {
      for capacity in count...16 {
        let written = text(capacity: capacity) { $0.write(word: 0x6867_6665_6463_6261, count: count) }
        #expect(written == String("abcdefgh".prefix(count)))
      }
    }
  }

  /// The last bytes of a text are taken with their neighbours, which must not be seen.
  @Test func aTextOfEachLengthEndsWhereItEnds() {
    for before in 0...9 {
      for after in 0...9 {
        for length in 0...17 {
          let inside = [UInt8]("abcdefghijklmnopq".utf8.prefix(length))
          let block = [UInt8](repeating: 0x22, count: before) + inside + [UInt8](repeating: 0x5C, count: after)
          let written = text(capacity: 200) { $0.write(json: block.span.bytes, before..<before + length, limit: .max) }
          #expect(written.utf8.elementsEqual(inside))
        }
      }
    }
  }

  @Test func aQuoteAtEachPlaceIsEscaped() {
    for length in 1...17 {
      for place in 0..<length {
        var block = [UInt8](repeating: 0x61, count: length)
        block[place] = 0x22
        let written = text(capacity: 200) { $0.write(json: block.span.bytes, 0..<length, limit: .max) }
        let expected = String(repeating: "a", count: place) + "\\\"" + String(repeating: "a", count: length - place - 1)
        #expect(written == expected)
      }
    }
  }
}
