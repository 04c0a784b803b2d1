import Foundation
import SluiceGuide
import TestSupport
import Testing

@testable import sluice

extension Integration {
  /// The guide as it lies on a disk: links that lead somewhere, pages that everybody can use.
  @Suite struct WrittenGuideTests {
    private func written() throws -> TestFolder {
      let folder = try TestFolder()
      try GuideExport.write(try GuideSite.files(), to: URL(fileURLWithPath: folder.file("guide"), isDirectory: true))
      return folder
    }

    @Test func noLinkOfAWrittenPageIsDead() throws {
      let folder = try written()
      let root = URL(fileURLWithPath: folder.file("guide"), isDirectory: true)
      let disk = FileManager.default
      var followed = 0
      for id in Guide.pageIDs {
        let page = root.appendingPathComponent(id.path + ".html")
        let text = try String(contentsOf: page, encoding: .utf8)
        for attribute in ["href=\"", "src=\""] {
          for part in text.components(separatedBy: attribute).dropFirst() {
            let link = String(part.prefix { $0 != "\"" })
            guard !link.hasPrefix("#") else { continue }
            let target = try #require(URL(string: link, relativeTo: page), "\(id.path): \(link)")
            #expect(disk.fileExists(atPath: target.standardizedFileURL.path), "\(id.path): \(link)")
            followed += 1
          }
        }
      }
      // A page has more than a link to the style sheet.
      #expect(followed > Guide.pageIDs.count * 5)
    }

    /// One page of each kind, and those that most people see in every look.
    @Test(.timeLimit(.minutes(10)))
    func everyKindOfPageCanBeUsedByEverybody() async throws {
      let folder = try written()
      func url(_ page: PageID) -> String { "file://" + folder.file("guide/\(page.path).html") }
      try await PageInspection.expectGood([url(.index), url(.status(502))], in: folder)
      try await PageInspection.expectGood(
        [
          url(.list(.cause)), url(.cause(.connectRefused)), url(.rootCause(.outOfMemoryKilled)), url(.type(.dnsError)),
          url(.product(.nginx)), url(.comparison([502, 504])),
        ], looks: ["1400x900:light", "400x800:dark"], in: folder)
      try await PageInspection.expectGood([url(.index)], looks: ["400x800:light"], options: ["--no-script"], in: folder)
    }
  }
}
