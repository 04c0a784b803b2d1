import Testing

@Suite("What the rules read")
struct MaskTests {
  @Test("comments and literals are told from code")
  func mask() {
    let source = """
      let a = "x // y" // one "two"
      /* b /* c */ d */ let e = #"f "g" \\#(h("i"))"#
      let j = \"\"\"
        k \\(l) "m"
        \"\"\"
      let n = "\\"" + o
      """
    let file = SourceFile(path: "A.swift", text: source)
    #expect(
      file.code.map(\.trimmed) == [
        "let a = \"      \"", "let e = #\"      \\#(h(\" \"))\"#", "let j = \"\"\"", "\\(l)", "\"\"\"",
        "let n = \"  \" + o",
      ])
    #expect(file.comments.map(\.trimmed) == ["// one \"two\"", "/* b /* c */ d */", "", "", "", ""])
    #expect(file.lines.count == file.code.count && file.lines.count == file.comments.count)
  }

  @Test("the sources are found")
  func sources() {
    #expect(Repository.sources.count > 100)
    #expect(Repository.documents.contains { $0.path == "README.md" })
  }
}
