import Foundation
import SluiceConfiguration
import Testing

/// The package's root, from this file's place in it.
private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// What is published beside the code.
@Suite struct PublishedTests {
  @Test(arguments: ["minimal.yaml", "routes.yaml", "tuned.yaml"])
  func everyExampleIsValidWithoutAWarning(name: String) {
    let path = root.appending(path: "examples/\(name)").path
    let result = ConfigurationLoader.load(path: path, environment: [:])
    #expect(result.diagnostics.map(\.text) == [])
    #expect(result.configuration != nil)
  }

  @Test(arguments: ["docs/CONFIGURATION.md", "docs/sluice.schema.json"])
  func referenceAndSchemaAreUpToDate(path: String) throws {
    let file = root.appending(path: path)
    let current = path.hasSuffix(".md") ? ConfigurationReference.markdown : ConfigurationReference.jsonSchema
    if ProcessInfo.processInfo.environment["SLUICE_REGENERATE"] == "1" {
      try current.write(to: file, atomically: true, encoding: .utf8)
    }
    let written = try String(contentsOf: file, encoding: .utf8)
    #expect(written == current, "run the tests with SLUICE_REGENERATE=1")
  }
}
