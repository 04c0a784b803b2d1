import Foundation
import SluiceCore
import SluiceDiagnosis
import Testing

@Suite("Root causes")
struct RootCauseTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../docs/DIAGNOSIS.md").standardizedFileURL

  @Test("docs/DIAGNOSIS.md names each one, with its owner and sentence")
  func documented() throws {
    let lines = String(decoding: try Data(contentsOf: Self.file), as: UTF8.self).split(separator: "\n")
    let table = lines.drop { !$0.hasPrefix("| Root cause") }.dropFirst(2).prefix { $0.hasPrefix("|") }
    let expected = RootCause.allCases.map { "| `\($0.identifier)` | \($0.owner.identifier) | \($0.sentence) |" }
    #expect(table.map(String.init) == expected)
  }

  /// One word never means both what was observed and what was concluded.
  @Test("no root cause has the identifier of a cause", arguments: RootCause.allCases)
  func distinct(_ root: RootCause) {
    #expect(!Cause.allCases.contains { $0.identifier == root.identifier })
    #expect(root.identifier.allSatisfy { $0.isLowercase || $0 == "_" })
    let candidate = Candidate(cause: root.identifier, who: "application", sure: .possible, evidence: [])
    #expect(candidate.meaning == root.sentence)
  }

  @Test("a candidate's cause has a meaning where this version knows it")
  func meaning() {
    func meaning(_ cause: String) -> String? {
      Candidate(cause: cause, who: "application", sure: .possible, evidence: []).meaning
    }
    #expect(meaning("connect_refused") == Cause.connectRefused.summary)
    #expect(meaning("quic_lost") == nil)
  }
}
