import Testing

@testable import SluiceLogs

@Suite("Values of a line's fields")
struct FieldValuesTests {
  @Test("an empty text and a hyphen are written, and no value")
  func noValue() {
    let values = FieldValues([.upstream: "-", .endpoint: "", .status: "--"])
    #expect(values[.upstream] == nil && values[.endpoint] == nil && values[.status] == "--")
    #expect(values.isWritten(.upstream) && values.isWritten(.endpoint) && !values.isWritten(.client))
    #expect(!values.has(.upstream) && values.has(.status))
  }

  @Test("a value that is set again is the last one, in whatever length")
  func again() {
    var values = FieldValues([.path: "/a"])
    values[.path] = "/a/longer/path"
    #expect(values[.path] == "/a/longer/path")
    values[.path] = "/b"
    #expect(values[.path] == "/b")
    values[.path] = nil
    #expect(values[.path] == nil && values.isWritten(.path))
  }

  @Test("escapes are taken away, bytes that are no UTF-8 become the replacement character, what is left out is none")
  func line() {
    let bytes = Array(#"a\x22b "#.utf8) + [0xFF, 0x20] + Array("503".utf8)
    var fields = FieldSet()
    fields.setQuoted(.path, 0, 6)
    fields.set(.host, 7, 8)
    fields.set(.status, 9, 12)
    fields.set(.client, 3, 9000)
    let values = FieldValues(fields, of: bytes.span.bytes)
    #expect(values[.path] == #"a"b"#)
    #expect(values[.host] == "\u{FFFD}")
    #expect(values.number(.status) == 503)
    #expect(values[.client] == nil)
    let fewer = FieldValues(fields, of: bytes.span.bytes, without: LogField.bits(.status))
    #expect(fewer[.status] == nil && !fewer.isWritten(.status) && fewer[.path] == #"a"b"#)
  }

  @Test(
    "a request line has its parts, and a hyphen is none",
    arguments: [
      ("GET /a b HTTP/1.1", "GET", "/a b", "HTTP/1.1"), ("GET /a", "GET", "/a", nil),
      ("GET - HTTP/1.0", "GET", nil, "HTTP/1.0"),
      ("- http://a:80- -", nil, "http://a:80- -", nil), ("- -", nil, nil, nil), ("GET", nil, nil, nil),
      ("\u{16}\u{3} x", nil, nil, nil), ("GET /a HTTQ/1.1", "GET", "/a HTTQ/1.1", nil),
    ] as [(String, String?, String?, String?)])
  func requestLine(text: String, method: String?, path: String?, version: String?) {
    let request = RequestLineText(FieldValues([.request: text]))
    #expect(request.method == method && request.path == path && request.version == version)
  }
}
