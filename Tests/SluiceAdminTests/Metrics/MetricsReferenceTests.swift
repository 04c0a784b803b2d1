import Foundation
import Testing

@testable import SluiceAdmin

@Suite("MetricsReference")
struct MetricsReferenceTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../docs/METRICS.md").standardizedFileURL

  @Test("the tables of docs/METRICS.md are what the families say; SLUICE_REGENERATE=1 writes them anew")
  func document() throws {
    let text = try String(contentsOf: Self.file, encoding: .utf8)
    let start = try #require(text.range(of: MetricsReference.beginning))
    let end = try #require(text.range(of: MetricsReference.end))
    let tables = MetricsReference.markdown()
    if ProcessInfo.processInfo.environment["SLUICE_REGENERATE"] == "1" {
      let fresh = text.replacingCharacters(in: start.lowerBound..<end.upperBound, with: tables)
      try fresh.write(to: Self.file, atomically: true, encoding: .utf8)
      return
    }
    #expect(text[start.lowerBound..<end.upperBound] == tables, "run: make docs")
  }

  @Test("every metric has its row")
  func rows() {
    let tables = MetricsReference.markdown()
    for family in MetricFamily.all {
      #expect(tables.contains("\n| `\(family.name)` | \(family.kind.rawValue) | "), "\(family.name)")
    }
  }
}
