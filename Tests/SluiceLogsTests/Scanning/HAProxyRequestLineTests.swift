import Testing

@testable import SluiceLogs

@Suite("HAProxy's most frequent lines")
struct HAProxyRequestLineTests {
  private static let line =
    #"10.0.0.1:3344 [26/Nov/2026:20:00:00.123] www~ api/app1 0/0/1/53/+625 200 4109 - - ---- 3/4/21/9/+0 0/0 "#
    + #""GET /a?b=c HTTP/1.1""#

  private func values(_ text: String, _ read: (RawSpan, inout FieldSet) -> Bool) -> FieldValues? {
    let bytes = Array(text.utf8)
    var fields = FieldSet()
    return read(bytes.span.bytes, &fields) ? FieldValues(fields, of: bytes.span.bytes) : nil
  }

  @Test(
    "have the fields that the reader of all lines gives them",
    arguments: [
      line.replacing("+", with: ""), line.replacing("+", with: "").replacing("app1", with: "<NOSRV>"),
      line.replacing("+", with: "").replacing("www~", with: "www") + " extra fields",
      line.replacing("+0", with: "2").replacing("----", with: "sQ--").replacing("200", with: "504"),
      line.replacing("+", with: "").replacing("/53/", with: "/-1/").replacing("200", with: "503"),
    ])
  func same(text: String) {
    let found = values(text, HAProxyRequestLine.read)
    #expect(found?[.terminationState] != nil)
    #expect(found == values(text, HAProxyReader.readAny))
  }

  @Test("are never read otherwise than by the reader of all lines, however they are changed")
  func changed() {
    var numbers = SeededNumbers(seed: 7)
    let letters = Array(#" "/[]{-~<:0a"#.utf8)
    var read = 0
    for _ in 0..<20_000 {
      var bytes = Array(Self.line.replacing("+", with: "").utf8)
      for _ in 0...(numbers.next() % 3) {
        let place = Int(numbers.next() % UInt64(bytes.count))
        switch numbers.next() % 3 {
        case 0: bytes[place] = letters[Int(numbers.next() % UInt64(letters.count))]
        case 1: bytes.remove(at: place)
        default: bytes.insert(letters[Int(numbers.next() % UInt64(letters.count))], at: place)
        }
      }
      let text = String(decoding: bytes, as: UTF8.self)
      guard let found = values(text, HAProxyRequestLine.read) else { continue }
      read += 1
      #expect(found == values(text, HAProxyReader.readAny), "\(text)")
    }
    #expect(read > 1000)
  }

  @Test("with captures, of TCP or cut are left to the reader of all lines")
  func others() {
    let line = Self.line.replacing("+", with: "")
    #expect(values(line.replacing("0/0 \"", with: "0/0 {a|b} \""), HAProxyRequestLine.read) == nil)
    #expect(values(String(line.dropLast(1)), HAProxyRequestLine.read) == nil)
    #expect(
      values("10.0.0.1:1 [26/Nov/2026:20:00:00.123] tcp api/a 0/0/5 10 -- 1/1/1/1/0 0/0", HAProxyRequestLine.read)
        == nil)
  }
}
