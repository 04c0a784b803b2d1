import Foundation
import TestSupport
import Testing

/// A run of `Tests/Applications/Browser/inspect_pages.py`: pages in headless Chromium, and what is wrong with them.
enum PageInspection {
  struct Verdict: Decodable, Sendable {
    var `case`: String
    var ok: Bool
    var detail: String
    var url: String
    var width: Int
    var scheme: String
    var minor: [String]
  }

  static let looks = ["1400x900:light", "1400x900:dark", "400x800:light", "400x800:dark"]

  /// - Parameters:
  ///   - looks: width, height and colours, as the program takes them.
  ///   - options: more of its options.
  static func verdicts(
    _ urls: [String], looks: [String] = Self.looks, options: [String] = [], in folder: TestFolder
  ) async throws -> [Verdict] {
    let command = [ClientProgram.python, Application.script("Browser/inspect_pages.py")]
    return try await ClientProgram.lines(
      command + looks.flatMap { ["--look", $0] } + options + urls, within: 240, as: Verdict.self, in: folder)
  }

  /// Looks at pages and expects nothing to be wrong with any, in any look.
  static func expectGood(
    _ urls: [String], looks: [String] = Self.looks, options: [String] = [], in folder: TestFolder
  ) async throws {
    let verdicts = try await verdicts(urls, looks: looks, options: options, in: folder)
    #expect(verdicts.count == urls.count * looks.count)
    for verdict in verdicts where !verdict.ok { Issue.record("\(verdict.case): \(verdict.detail)") }
  }
}
