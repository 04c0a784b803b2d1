import Foundation
import SluiceGuide
import Testing

@testable import sluice

@Suite("The written guide on the disk")
struct GuideExportTests {
  private static let files = [
    SiteFile(path: "index.html", text: "a"), SiteFile(path: "status/502.html", text: "b"),
    SiteFile(path: "guide.json", text: "[]"),
  ]

  @Test("is written with its folders, and again over an older one")
  func write() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("guide-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for _ in 0..<2 { try GuideExport.write(Self.files, to: folder) }
    #expect(try String(contentsOf: folder.appendingPathComponent("status/502.html"), encoding: .utf8) == "b")
  }

  @Test("leaves a folder alone that holds something else")
  func other() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("guide-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: folder.appendingPathComponent("index.html"))
    #expect(throws: GuideExport.FolderProblem.self) { try GuideExport.write(Self.files, to: folder) }
    #expect(try String(contentsOf: folder.appendingPathComponent("index.html"), encoding: .utf8) == "mine")
  }
}
