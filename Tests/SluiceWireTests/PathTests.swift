import SluiceWire
import Testing

@Suite struct PathTests {
  /// The normal form, or the rule as text.
  private func normal(_ path: String, ambiguous: Bool = false) -> String {
    // Something stands around a path in every request line.
    let bytes = Array("GET \(path)?../%00 HTTP/1.1".utf8)
    var output: [UInt8] = [1, 2, 3]
    let range = ByteRange(4, 4 + path.utf8.count)
    switch normalizePath(bytes.span.bytes, range, allowingAmbiguous: ambiguous, into: &output) {
    case .asIs: return "as is"
    case .normalized: return String(decoding: output, as: UTF8.self)
    case .refused(let rule): return rule.identifier
    }
  }

  @Test(arguments: [
    "", "/", "/a", "/a/b/c.html", "/a/", "//", "/a//b", "/.well-known/x", "/..a", "/a..", "/...", "/a/.../b", "/%20",
    "/%C3%A9",
    "/a%0Ab", "/a;b=c,d", "/a.b/c..d/e.", "/%25", "/~!$&'()*+,;=:@", "/a|b{c}",
  ])
  func isInNormalForm(path: String) {
    #expect(normal(path) == "as is")
  }

  @Test(arguments: [
    ("/./a", "/a"), ("/a/./b", "/a/b"), ("/a/.", "/a/"), ("/a/..", "/"), ("/a/../b", "/b"), ("/a/b/../../c", "/c"),
    ("/a/b/..", "/a/"),
    ("/a//../b", "/a/b"), ("/.", "/"), ("/./", "/"), ("/a/b/../c/./d/..", "/a/c/"), ("/%61", "/a"),
    ("/%7euser", "/~user"),
    ("/%2e/a", "/a"), ("/a/%2E%2e/b", "/b"), ("/a/.%2e/b", "/b"), ("/%c3%a9", "/%C3%A9"), ("/%2d%5F%41", "/-_A"),
    ("/%3a", "/%3A"),
    ("/a/..;x", "as is"),
  ])
  func isBroughtIntoNormalForm(path: String, expected: String) {
    #expect(normal(path) == expected)
    if expected != "as is" { #expect(normal(expected) == "as is", "the normal form is stable") }
  }

  @Test(arguments: [
    ("/..", "path_above_root"), ("/a/../..", "path_above_root"), ("/../a", "path_above_root"),
    ("/%2e%2e/a", "path_above_root"),
    ("/./..", "path_above_root"), ("/a%2Fb", "path_encoded_slash"), ("/a%2fb", "path_encoded_slash"),
    ("/a%5Cb", "path_backslash"),
    ("/a\\b", "path_backslash"), ("/%00", "path_nul"), ("/%", "path_escape"), ("/%4", "path_escape"),
    ("/%4g", "path_escape"),
    ("/%g4", "path_escape"), ("/%%34", "path_escape"), ("/a\u{1}", "path_character"), ("/é", "path_character"),
    ("/a b", "path_character"), ("/\u{7f}", "path_character"),
  ])
  func isRefused(path: String, expected: String) {
    #expect(normal(path) == expected)
    #expect(WireRule.allCases.first { $0.identifier == expected }?.requestStatus == 400)
  }

  @Test func aRouteMayAllowWhatIsAmbiguous() {
    #expect(normal("/a%2fb", ambiguous: true) == "/a%2Fb")
    #expect(normal("/a%2Fb", ambiguous: true) == "as is")
    #expect(normal("/a\\b%5C", ambiguous: true) == "as is")
    #expect(normal("/a%2F../b", ambiguous: true) == "as is")
    for path in ["/..", "/%00", "/%", "/é"] {
      #expect(normal(path, ambiguous: true) == normal(path), "what no route can allow")
    }
  }

  @Test func theReasonIsFoundAtAnyPlace() {
    for padding in 0..<20 {
      let start = "/" + String(repeating: "a", count: padding)
      #expect(normal("\(start)/../b") == "/b")
      #expect(normal("\(start)%00") == "path_nul")
      #expect(normal("\(start)\\") == "path_backslash")
      #expect(normal("\(start)%61b") == "\(start)ab")
    }
  }
}
