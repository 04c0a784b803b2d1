import Foundation
import SluiceConfiguration
import Testing

/// Files that cannot be read.
@Suite struct FileTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

  private func load(_ bytes: [UInt8]) throws -> [String] {
    let file = folder.appending(path: "f")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: folder) }
    let result = ConfigurationLoader.load(path: file.path, environment: [:])
    #expect((result.configuration == nil) == !result.errors.isEmpty)
    return result.diagnostics.map { String($0.text.dropFirst(file.path.count + 1)) }
  }

  @Test func aMissingFile() {
    let result = ConfigurationLoader.load(path: "\(folder.path)/none", environment: [:])
    #expect(result.diagnostics.map(\.text) == ["\(folder.path)/none: error: no such file"])
    #expect(result.configuration == nil)
  }

  @Test func aDirectory() {
    let result = ConfigurationLoader.load(path: folder.path, environment: [:])
    #expect(
      result.diagnostics.map(\.text) == [
        "\(folder.path): error: this is a directory; name the configuration file in it"
      ])
  }

  @Test(.timeLimit(.minutes(1))) func aPipeThatNobodyWritesTo() throws {
    let pipe = "\(folder.path)/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    let result = ConfigurationLoader.load(path: pipe, environment: [:])
    #expect(result.diagnostics.map(\.text) == ["\(pipe): error: this is not a regular file"])
  }

  @Test func aFileThatMayNotBeRead() throws {
    let file = "\(folder.path)/secret"
    try Data("a: 1".utf8).write(to: URL(filePath: file))
    #expect(chmod(file, 0) == 0)
    // The superuser may read everything.
    guard geteuid() != 0 else { return }
    let result = ConfigurationLoader.load(path: file, environment: [:])
    #expect(result.diagnostics.map(\.text) == ["\(file): error: the file cannot be opened: permission denied"])
  }

  @Test func binary() throws {
    #expect(try load([0x61, 0x0A, 0x62, 0x00]) == ["2:2: error: this is a binary file: it has a NUL byte here"])
  }

  @Test func notUTF8() throws {
    #expect(
      try load([0x61, 0x0A, 0xC3, 0xA9, 0x62, 0xFF, 0x63]) == [
        "2:3: error: this is a binary file, or not UTF-8: the bytes here are no character"
      ])
  }

  @Test func utf16() throws {
    #expect(try load([0xFF, 0xFE, 0x61, 0x00]) == [" error: the file is UTF-16; save it as UTF-8"])
  }

  @Test func aByteOrderMarkIsNoPartOfTheText() throws {
    #expect(try load([0xEF, 0xBB, 0xBF] + Array(valid.utf8)) == [])
  }

  @Test func windowsLineEnds() throws {
    #expect(try load(Array((valid.replacing("\n", with: "\r\n") + "x: 1\r\n").utf8)).map { $0.prefix(4) } == ["8:1:"])
  }

  @Test func tooLarge() throws {
    #expect(
      try load(Array(repeating: 0x23, count: (1 << 20) + 1)) == [
        " error: the file is larger than 1 MiB, which no configuration needs"
      ])
  }
}
