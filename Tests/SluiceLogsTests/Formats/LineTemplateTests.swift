import Testing

@testable import SluiceLogs

@Suite("Templates of lines")
struct LineTemplateTests {
  private static let combined: LineTemplate =
    #"{client} - {_} [{time}] "{request}" {status} {bytes} "{referrer}" "{userAgent}"{*}"#

  private func values(_ template: LineTemplate, _ text: String) -> FieldValues? {
    let bytes = Array(text.utf8)
    let line = bytes.span.bytes
    var fields = FieldSet()
    guard template.match(line, into: &fields) else { return nil }
    return FieldValues(fields, of: line)
  }

  @Test("divide a line into its fields")
  func divide() {
    let line = #"::1 - - [26/Nov/2026:20:00:00 +0000] "GET /a?b=c HTTP/1.1" 502 157 "-" "curl/8.5 (x)""#
    let found = values(Self.combined, line)
    #expect(
      found
        == FieldValues([
          .client: "::1", .time: "26/Nov/2026:20:00:00 +0000", .request: "GET /a?b=c HTTP/1.1", .status: "502",
          .bytes: "157", .userAgent: "curl/8.5 (x)",
        ]))
    #expect(values(Self.combined, line + " 0.001 rest") == found)
  }

  @Test("a quote behind a backslash does not end a quoted field, and its escapes are taken away")
  func escapedQuotes() {
    let found = values(#""{request}" {status}"#, #""GET /\"x\" y\x22\\" 200"#)
    #expect(found?[.request] == "GET /\"x\" y\"\\")
    #expect(found?[.status] == "200")
    #expect(values(#""{request}" {status}"#, #""GET /\" 200"#) == nil)
  }

  @Test(
    "refuse lines of another form",
    arguments: [
      "", "a", "a - b", #"a - b [t] "r" 200 1 "x" "y"#, #" - b [t] "r" 200 1 "x" "y""#,
      #"a - b [t] "r"  1 "x" "y""#,
    ])
  func refuse(line: String) {
    #expect(values(Self.combined, line) == nil)
  }

  @Test("the last field ends with the line, and only one with a question mark may be empty")
  func lastField() {
    #expect(values("{client}: {message}", "a: b: c")?[.message] == "b: c")
    #expect(values("{client}: {message}", "a: ") == nil)
    #expect(values("{client}: {message?}", "a: ") == FieldValues([.client: "a"]))
    #expect(values("{client}, {message}.", "a, b.") == FieldValues([.client: "a", .message: "b"]))
    #expect(values("{client}, {message}.", "a, b.c") == nil)
    #expect(values("{{{client}}}", "{x}") == FieldValues([.client: "x"]))
  }

  @Test("long fields are found whatever their length")
  func lengths() {
    for length in 1...140 {
      let client = String(repeating: "x", count: length)
      let found = values("{client} [{time}] {status}", "\(client) [\(client)] 200")
      #expect(found == FieldValues([.client: client, .time: client, .status: "200"]))
    }
  }

  @Test(
    "what is wrong with a text is told",
    arguments: [
      ("", LineTemplateProblem.empty), ("{client", .openBrace), ("a}", .closingBrace), ("{x}", .unknownField("x")),
      ("{client}{time}", .noLiteralBetween("time")), ("{client}{*}", .noLiteralBetween("*")),
      ("{client} {*} a", .restNotLast),
    ])
  func problems(text: String, problem: LineTemplateProblem) {
    #expect(throws: problem) { try LineTemplate(parsing: text) }
    #expect(LineTemplate(stringLiteral: text).parts.isEmpty)
  }
}
