import Foundation

/// A file of this text, removed with the value that holds it.
final class TextFile {
  let path: String

  init(_ text: String) throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try Data(text.utf8).write(to: url)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
