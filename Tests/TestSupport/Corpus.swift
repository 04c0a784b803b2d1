public import Foundation

/// Messages written by others, read from the folder that SLUICE_CORPUS names.
public enum Corpus {
  public static let folder = ProcessInfo.processInfo.environment["SLUICE_CORPUS"].map { URL(fileURLWithPath: $0) }
  public static let missing = "SLUICE_CORPUS is not set: the corpus is not read"

  /// The files of a folder of the corpus and its folders with this extension, by name.
  public static func files(_ name: String, extension suffix: String) throws -> [URL] {
    guard let root = folder?.appendingPathComponent(name) else { return [] }
    let found = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)?.allObjects ?? []
    return found.compactMap { $0 as? URL }.filter { $0.pathExtension == suffix }.sorted { $0.path < $1.path }
  }
}

extension Corpus {
  public struct Input: Sendable {
    public var name: String
    public var bytes: [UInt8]
  }

  /// Every file of a folder of the corpus, by name.
  public static func contents(_ name: String) throws -> [Input] {
    guard let root = folder?.appendingPathComponent(name) else { return [] }
    let files = try FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil)
    return try files.sorted { $0.path < $1.path }
      .map { Input(name: $0.lastPathComponent, bytes: [UInt8](try Data(contentsOf: $0))) }
  }
}
