import Foundation
import SluiceConfiguration
import Testing

/// Whatever a file holds, loading ends, and either with a configuration or with an error.
@Suite struct MutationTests {
  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  private static let pieces = [
    "*", "&a ", "*a", "${", "}", "[", "]", "{", "}", ": ", "- ", "\n", "\t", "  ", "'", "\"", "|", ">", "#", "!x ", "%",
    "?", "<<", "\0",
    "\u{FEFF}", "\u{E000}", "\u{2028}", "99999999999999999999", "-1", "1e9", "null", "~", "yes", "---\n", "...", "\\",
    "\r", "😀", "é",
  ]

  @Test(arguments: ["minimal.yaml", "routes.yaml", "tuned.yaml"], [UInt64(1), 2])
  func mutationsNeverCrash(name: String, seed: UInt64) throws {
    let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "examples/\(name)")
    let original = Array(try Data(contentsOf: example))
    var random = Generator(state: seed)
    var refused = 0
    for _ in 0..<200 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...4, using: &random) { Self.mutate(&bytes, &random) }
      let text = String(decoding: bytes, as: UTF8.self)
      let result = ConfigurationLoader.load(text: text, file: "f", environment: ["a": "b"])
      #expect((result.configuration == nil) == !result.errors.isEmpty, "seed \(seed): \(text)")
      #expect(result.diagnostics.count <= 101)
      // A place that a diagnostic names exists.
      let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count
      for diagnostic in result.diagnostics {
        #expect(diagnostic.line <= lines + 1 && diagnostic.column >= 0, "seed \(seed): \(diagnostic.text)")
        #expect(!diagnostic.rendered.isEmpty)
      }
      if result.configuration == nil { refused += 1 }
    }
    // Mutations that are all refused, or never, would test little.
    #expect((1..<200).contains(refused))
  }

  private static func mutate(_ bytes: inout [UInt8], _ random: inout Generator) {
    let place = Int.random(in: 0..<max(bytes.count, 1), using: &random)
    let end = min(bytes.count, place + Int.random(in: 1...20, using: &random))
    switch Int.random(in: 0..<5, using: &random) {
    case 0:
      bytes.insert(contentsOf: Array((pieces.randomElement(using: &random) ?? "").utf8), at: min(place, bytes.count))
    case 1: bytes.removeSubrange(min(place, end)..<end)
    case 2: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &random) }
    case 3: bytes.insert(contentsOf: bytes[min(place, end)..<end], at: Int.random(in: 0...bytes.count, using: &random))
    default: bytes.removeLast(min(bytes.count, Int.random(in: 0...40, using: &random)))
    }
  }
}
