/// Where an application writes its own log.
public enum LogSource: Sendable, Hashable {
  case file(path: String)
  /// A unit of the system's journal.
  case journal(unit: String)
}

extension LogSource {
  /// A relative name starts from the folder of the configuration's file: a diagnosis is run from anywhere.
  func relative(toFolderOf file: String) -> LogSource {
    guard case .file(let path) = self, !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return self }
    return .file(path: file[...slash] + path)
  }

  /// Why a text names no log.
  public struct Malformed: Error, CustomStringConvertible {
    public let description: String
  }

  /// Reads a file's path, or `journal:UNIT`, as in a configuration.
  ///
  /// - Throws: `Malformed`.
  public init(text: String) throws(Malformed) {
    do {
      self = try LogText.source(text)
    } catch {
      throw Malformed(description: error.what)
    }
  }
}
