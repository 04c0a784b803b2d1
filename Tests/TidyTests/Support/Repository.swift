import Foundation

/// The files of this package as they lie on the disk, found from the place of this file.
enum Repository {
  static let root: URL = {
    // Tests/TidyTests/Support/Repository.swift
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { url.deleteLastPathComponent() }
    return url
  }()

  /// Folders that hold no text of ours.
  private static let skipped: Set<String> = [".build", ".git", ".swiftpm", "dist", "__pycache__"]
  private static let textEndings: Set<String> = [
    "swift", "md", "py", "sh", "yaml", "yml", "json", "lua", "modulemap", "h", "txt", "",
  ]
  /// Recorded bytes, not text of ours.
  private static let recordings = "Fuzz/Cases/"

  /// Swift sources below `folder`, in the order of their paths.
  static func swiftFiles(in folder: String) -> [SourceFile] {
    paths.filter { $0.hasPrefix(folder + "/") && $0.hasSuffix(".swift") }.compactMap(file)
  }

  static let sources = swiftFiles(in: "Sources")
  static let allSwift =
    sources + swiftFiles(in: "Tests") + swiftFiles(in: "Fuzz") + (file("Package.swift").map { [$0] } ?? [])

  /// Every text file, whatever its language.
  static let texts: [SourceFile] = paths.filter { path in
    !path.hasPrefix(recordings) && textEndings.contains(URL(fileURLWithPath: path).pathExtension)
  }.compactMap(file)

  static let documents: [SourceFile] = texts.filter { $0.path.hasSuffix(".md") }

  static func file(_ path: String) -> SourceFile? {
    guard let text = try? String(contentsOf: root.appendingPathComponent(path), encoding: .utf8) else { return nil }
    return SourceFile(path: path, text: text)
  }

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
  }

  private static let paths: [String] = {
    var found: [String] = []
    collect("", into: &found)
    return found.sorted()
  }()

  private static func collect(_ folder: String, into found: inout [String]) {
    let place = folder.isEmpty ? root.path : root.appendingPathComponent(folder).path
    for name in (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? [] where !skipped.contains(name) {
      let path = folder.isEmpty ? name : "\(folder)/\(name)"
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path, isDirectory: &isFolder)
      else { continue }
      if isFolder.boolValue { collect(path, into: &found) } else { found.append(path) }
    }
  }
}
