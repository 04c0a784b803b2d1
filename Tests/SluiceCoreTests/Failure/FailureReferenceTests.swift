import Foundation
import SluiceCore
import Testing

@Suite("FailureReference")
struct FailureReferenceTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../docs/FAILURES.md").standardizedFileURL

  @Test("docs/FAILURES.md is what the tables say; SLUICE_REGENERATE=1 writes it anew")
  func documentIsCurrent() throws {
    let expected = FailureReference.markdown()
    if ProcessInfo.processInfo.environment["SLUICE_REGENERATE"] == "1" {
      try Data(expected.utf8).write(to: Self.file)
    }
    let found = String(decoding: try Data(contentsOf: Self.file), as: UTF8.self)
    #expect(found == expected, "run: SLUICE_REGENERATE=1 swift test --filter FailureReference")
  }

  @Test("Every cause and every error type has its line", arguments: Cause.allCases)
  func isComplete(_ cause: Cause) {
    #expect(FailureReference.markdown().contains("\n| `\(cause.identifier)` | \(cause.summary) |"))
  }
}
