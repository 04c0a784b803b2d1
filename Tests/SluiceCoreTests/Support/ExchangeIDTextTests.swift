import SluiceCore
import Testing

@Suite("ExchangeID in text")
struct ExchangeIDTextTests {
  @Test("Text and number are the same ID")
  func roundTrip() {
    var random = SplitMix64(seed: 3)
    for _ in 0..<1_000 {
      let id = ExchangeID(high: random.next(), low: random.next())
      #expect(id.description.utf8.count == ExchangeID.textLength)
      #expect(ExchangeID(id.description) == id)
      #expect(ExchangeID(id.description.lowercased()) == id)
      var bytes: [UInt8] = [0x3E]
      id.append(to: &bytes)
      #expect(String(decoding: bytes, as: UTF8.self) == ">" + id.description)
    }
  }

  @Test("The extremes")
  func extremes() {
    #expect(ExchangeID(high: 0, low: 0).description == "00000000000000000000000000")
    #expect(ExchangeID(high: .max, low: .max).description == "7ZZZZZZZZZZZZZZZZZZZZZZZZZ")
    #expect(ExchangeID(high: 0, low: 1).description == "00000000000000000000000001")
  }

  @Test("Every digit has its character")
  func alphabet() {
    let digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    for (value, character) in digits.enumerated() {
      let id = ExchangeID(high: 0, low: UInt64(value))
      #expect(id.description.last == character)
      #expect(ExchangeID(id.description) == id)
    }
  }

  @Test("The first ten characters are the time, and later is greater")
  func time() {
    let id = ExchangeID(milliseconds: 1_469_918_176_385, random: .max, more: .max)
    #expect(id.description.hasPrefix("01ARYZ6S41"))
    #expect(id.milliseconds == 1_469_918_176_385)
    let later = ExchangeID(milliseconds: 1_469_918_176_386, random: 0, more: 0)
    #expect(id.description < later.description)
  }

  @Test("All 80 random bits count")
  func randomBits() {
    let none = ExchangeID(milliseconds: 5, random: 0, more: 0)
    #expect(ExchangeID(milliseconds: 5, random: .max, more: 0).low == .max)
    #expect(ExchangeID(milliseconds: 5, random: 0, more: .max).high == none.high | 0xffff)
  }

  @Test("I and L are 1, O is 0")
  func leniency() {
    #expect(ExchangeID("0000000000000000000000000I") == ExchangeID(high: 0, low: 1))
    #expect(ExchangeID("oOoOoOoOoOoOoOoOoOoOoOoOol") == ExchangeID(high: 0, low: 1))
  }

  @Test(
    "What is not an ID is refused",
    arguments: [
      "", "0000000000000000000000000", "000000000000000000000000000", "80000000000000000000000000",
      "0000000000000000000000000U", "0000000000-00000000000000-", "000000000000000000000000é",
    ])
  func refused(_ text: String) {
    #expect(ExchangeID(text) == nil)
  }
}
