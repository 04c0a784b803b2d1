import Testing

@testable import SluiceLogs

@Suite("Lines in JSON")
struct JSONLineTests {
  private static let keys = JSONKeys([
    "request.method": .method, "request.headers.User-Agent": .userAgent, "status": .status, "msg": .message,
    "http.host": .host, "duration": .totalTime,
  ])

  private func values(_ text: String) -> FieldValues? {
    let bytes = Array(text.utf8)
    let line = bytes.span.bytes
    var fields = FieldSet()
    guard JSONLine.read(line, Self.keys, into: &fields) else { return nil }
    return FieldValues(fields, of: line)
  }

  @Test("wanted keys are found in objects within, in arrays of texts and under names with dots")
  func keys() {
    let line =
      #"{"status":502,"other":{"status":[{"a":"}"}]},"request":{"headers":{"X":["]"],"User-Agent":["curl","b"]},"#
      + #""method" : "GET"},"http.host":"a","msg":"x","duration":null,"last":[]} "#
    #expect(
      values(line)
        == FieldValues([.status: "502", .userAgent: "curl", .method: "GET", .host: "a", .message: "x"]))
  }

  @Test("escapes are taken away, and halves of surrogate pairs replaced")
  func escapes() {
    #expect(values(#"{"msg":"a\"b\\\n\u00e9\ud83d\ude00\ud83dx\/"}"#)?[.message] == "a\"b\\\né😀\u{FFFD}x/")
    #expect(values(#"{"msg":"\\"}"#)?[.message] == "\\")
    #expect(values(#"{"msg":"\u12"}"#)?[.message] == "\\u12")
  }

  @Test(
    "what is no whole object is refused",
    arguments: [
      "", "{", "[]", "{\"msg\"}", "{\"msg\":}", "{\"msg\":\"a}", "{\"msg\":\"a\"", "{\"msg\":\"a\"}x",
      "{\"msg\":\"a\",}",
      "{\"a\":{\"b\":[}", "{\"a\":\"\\", "{\"a\":1 2}",
    ])
  func refused(line: String) {
    #expect(values(line) == nil)
  }

  @Test("objects deeper than the bound are skipped and not entered")
  func depth() {
    let depth = 50_000
    let line = String(repeating: #"{"request":"#, count: depth) + "1" + String(repeating: "}", count: depth)
    #expect(values(line) == FieldValues())
  }
}
