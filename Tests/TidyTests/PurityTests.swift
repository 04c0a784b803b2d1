import Testing

@Suite("Purity of the sources")
struct PurityTests {
  @Test("clocks are read in the timer file only")
  func clocks() {
    expectTidy(.clocks, Repository.sources)
    #expect(lines(.clocks, "let now = ContinuousClock.now\nlet then = start\nlet day = Date()") == [1, 3])
    #expect(lines(.clocks, "/// Unlike `ContinuousClock`, and \"Date()\" in a text.\nlet text = \"Date()\"") == [])
  }

  @Test("wire and core know neither chance nor dates")
  func randomness() {
    expectTidy(.randomness, Repository.sources)
    #expect(lines(.randomness, "let n = Int.random(in: 0..<4)\nlet m = list.randomElement()") == [1, 2])
    #expect(lines(.randomness, "let n = random\nfunc pick(random: UInt64) {}") == [])
    #expect(lines(.randomness, "let n = Int.random(in: 0..<4)", path: "Sources/SluiceGateway/A.swift") == [])
  }

  @Test("only the command line prints")
  func printing() {
    expectTidy(.printing, Repository.sources)
    #expect(lines(.printing, "print(\"a\")\nlog.print(\"a\")\nfingerprint(a)") == [1])
    #expect(lines(.printing, "let text = \"\\(print(1))\"") == [1])
    #expect(lines(.printing, "print(1)", path: "Sources/sluice/A.swift") == [])
  }

  @Test("the compiler's proof against races is not taken away")
  func unchecked() {
    expectTidy(.unchecked, Repository.sources)
    #expect(lines(.unchecked, "final class A: @unchecked Sendable {}\nnonisolated(unsafe) var a = 1") == [1, 2])
    #expect(lines(.unchecked, "final class A: Sendable {}") == [])
  }

  @Test("nothing traps on an absent value")
  func force() {
    expectTidy(.force, Repository.sources)
    let sample = "let a = b!\nlet c = try! d()\nlet e = f as! G\nlet h = list[0]!.name\nvar i: Int!"
    #expect(lines(.force, sample) == [1, 2, 3, 4, 5])
    #expect(lines(.force, "if !a, b != c, d !== e { f(!g) }\nlet h = \"no!\" // no!") == [])
  }

  @Test("no byte of a peer is read without a check")
  func uncheckedReads() {
    expectTidy(.uncheckedReads, Repository.sources)
    #expect(lines(.uncheckedReads, "let a = span[unchecked: 3]\nlet b = c.unsafelyUnwrapped") == [1, 2])
    #expect(lines(.uncheckedReads, "let a = span.unsafeLoad(fromByteOffset: 0, as: UInt8.self)") == [])
  }
}
