import Foundation
import Testing

@testable import SluiceLogs

@Suite("Finding logs")
struct LogDiscoveryTests {
  private func withFolder(_ files: [String], _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "logs-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for file in files { try Data("x\n".utf8).write(to: folder.appending(path: file)) }
    try body(folder.path + "/")
  }

  @Test("parts of a rotated log in a directory are one log, the oldest first, and other files are left out")
  func directory() throws {
    try withFolder(["access.log", "access.log.1", "access.log.2.gz", "error.log", "a.conf", "logo.html", ".log"]) {
      folder in
      let found = LogDiscovery([String(folder.dropLast())])
      #expect(
        found.sets == [
          LogSet(
            name: folder + "access.log", files: ["access.log.2.gz", "access.log.1", "access.log"].map { folder + $0 }),
          LogSet(name: folder + "error.log", files: [folder + "error.log"]),
        ])
      #expect(found.problems == [])
      #expect(found.bytes == 8)
    }
  }

  @Test("a file that is named twice, or by a link, is read once, and a part that is there packed too is taken unpacked")
  func twice() throws {
    try withFolder(["a.log", "a.log.1", "a.log.1.gz"]) { folder in
      try FileManager.default.createSymbolicLink(
        atPath: folder + "b.log", withDestinationPath: folder + "a.log")
      let found = LogDiscovery([folder + "a.log", folder + "b.log", folder])
      #expect(found.sets == [LogSet(name: folder + "a.log", files: [folder + "a.log.1", folder + "a.log"])])
      #expect(found.remarks.map(\.path) == [folder + "a.log.1.gz"])
      #expect(found.remarks.first?.sentence.contains("it is \(folder)a.log.1 packed") == true)
    }
  }

  @Test("numbers of files that are no logs by their name are those of several, and it is told")
  func numbered() throws {
    try withFolder(["node.1", "node.2", "node.2.gz", "app", "app.1", "access_log.1", "access_log.2"]) { folder in
      let nodes = LogDiscovery(["node.2", "node.1", "node.2.gz"].map { folder + $0 })
      #expect(nodes.sets.map(\.files) == [[folder + "node.1"], [folder + "node.2"]])
      #expect(nodes.remarks.contains { $0.sentence.contains("is read as a log of its own") })
      for name in ["app", "access_log"] {
        let found = LogDiscovery(
          name == "app" ? [folder + "app", folder + "app.1"] : [1, 2].map { folder + name + ".\($0)" })
        #expect(found.sets.count == 1 && found.remarks == [])
      }
      #expect(LogDiscovery([folder + "node.1"]).remarks == [])
    }
  }

  @Test("what is not there is told, and what is named as standard input is read once")
  func problems() throws {
    try withFolder(["a.conf"]) { folder in
      let found = LogDiscovery(["-", folder + "no.log", folder, "-"])
      #expect(found.sets == [.standardInput])
      #expect(found.bytes == nil)
      #expect(
        found.problems == [
          LogReadProblem(path: folder + "no.log", sentence: "no such file or directory"),
          LogReadProblem(path: folder, sentence: "holds no file that looks like a log: name the file"),
        ])
    }
  }
}
