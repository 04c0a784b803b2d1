import Testing

@testable import SluiceLogs

@Suite("Numbers as logs write them")
struct NumberTextTests {
  @Test("are those that the standard library reads")
  func same() {
    var numbers = SeededNumbers(seed: 11)
    let letters = Array("0123456789012345678901234567890123456789+-.eEx_ ".utf8)
    var whole = 0
    var decimal = 0
    for _ in 0..<20_000 {
      let bytes = (0..<numbers.next() % 21).map { _ in letters[Int(numbers.next() % UInt64(letters.count))] }
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(bytes.withUnsafeBufferPointer(NumberText.whole) == Int(text), "\(text)")
      #expect(bytes.withUnsafeBufferPointer(NumberText.decimal) == Double(text), "\(text)")
      if Int(text) != nil { whole += 1 }
      if Double(text) != nil { decimal += 1 }
    }
    #expect(whole > 1000 && decimal > whole)
  }

  @Test(
    "at the ends of what a number can be",
    arguments: [
      "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "+0", "-0", "+",
      "-",
      "", "999999999999999", "0.1", ".5", "5.", "1..2", "123456789012345.6", "0.000000000000001", "1e400", "nan",
    ])
  func ends(text: String) {
    let values = FieldValues([.bytes: text])
    #expect(values.number(.bytes) == Int(text))
    let decimal = values.decimal(.bytes)
    #expect(decimal == Double(text) || decimal?.isNaN == true && Double(text)?.isNaN == true)
  }
}
