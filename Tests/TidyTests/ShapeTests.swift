import Testing

@Suite("Shape of the sources")
struct ShapeTests {
  @Test("files are short")
  func files() {
    expectTidy(.fileLength, Repository.allSwift)
    let line = "let a = 1\n"
    #expect(lines(.fileLength, String(repeating: line, count: Rule.fileLinesMax)) == [])
    #expect(lines(.fileLength, String(repeating: line, count: Rule.fileLinesMax + 1)) == [Rule.fileLinesMax + 1])
  }

  @Test("functions are short")
  func functions() {
    expectTidy(.functionLength, Repository.allSwift)
    func sample(_ head: String, _ count: Int) -> String {
      head + "\n" + String(repeating: "  a()\n", count: count) + "}\n"
    }
    #expect(lines(.functionLength, sample("func a() {", Rule.functionLinesMax - 2)) == [])
    #expect(lines(.functionLength, "let b = 1\n" + sample("func a() {", Rule.functionLinesMax)) == [2])
    #expect(lines(.functionLength, sample("init(\n  a: Int = { 1 }()\n) throws {", Rule.functionLinesMax)) == [1])
  }

  @Test("a function's end is found whatever stands in it")
  func functionEnds() {
    let sample = """
      protocol P {
        func none(_ a: Int) -> Int
        var other: Int { get }
      }
      func one(_ a: [Int] = [1]) -> Int
      where A == B {
        // a } in a comment, and one in a text
        return if a { "}" } else { "\\(b { 1 })" }
      }
      """
    let functions = FunctionReader.functions(in: SourceFile(path: "A.swift", text: sample).code)
    #expect(functions.map(\.name) == ["one"])
    #expect(functions.map(\.lineCount) == [5])
  }

  @Test("lines fit the screen")
  func columns() {
    expectTidy(.lineLength, Repository.sources)
    #expect(lines(.lineLength, String(repeating: "a", count: 120) + "\n" + String(repeating: "ü", count: 121)) == [2])
    let text = String(repeating: "a ", count: 70)
    #expect(
      lines(.lineLength, "// \(text)\nlet a = \"\(text)\"\n  \"\(text)\"\n  + \"\"\"\n\(text)\n\"\"\"") == [1, 2])
  }

  @Test("a type stands in the file of its name")
  func typeNames() {
    expectTidy(.typeNames, Repository.sources)
    #expect(lines(.typeNames, "\npublic struct Other {\n  struct Inner {}\n}") == [2])
    #expect(lines(.typeNames, "struct Part {}\npublic final class Sample {}") == [])
    #expect(lines(.typeNames, "extension Other { struct Inner {} }") == [])
    #expect(lines(.typeNames, "struct Other {}", path: "Sources/SluiceCore/Other+Part.swift") == [])
  }
}
