import Foundation

/// Messages written by others, read from the folder that SLUICE_CORPUS names.
enum Corpus {
  static let folder = ProcessInfo.processInfo.environment["SLUICE_CORPUS"].map { URL(fileURLWithPath: $0) }
  static let missing = "SLUICE_CORPUS is not set: the corpus is not read"

  /// The files of a folder of the corpus and its folders with this extension, by name.
  static func files(_ name: String, extension suffix: String) throws -> [URL] {
    guard let root = folder?.appendingPathComponent(name) else { return [] }
    let found = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)?.allObjects ?? []
    return found.compactMap { $0 as? URL }.filter { $0.pathExtension == suffix }.sorted { $0.path < $1.path }
  }
}
