import Foundation
import Testing

@testable import SluiceLogs

@Suite("Reading of logs")
struct LogReaderTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "reader-\(UUID().uuidString)")

  private func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appending(path: name)
    try Data(bytes).write(to: file)
    return file.path
  }

  private func gzip(_ name: String, _ text: String) throws -> [UInt8] {
    let path = try write(name, Array(text.utf8))
    let process = Process()
    process.executableURL = URL(filePath: "/bin/gzip")
    process.arguments = ["-f", path]
    try process.run()
    process.waitUntilExit()
    return Array(try Data(contentsOf: URL(filePath: path + ".gz")))
  }

  private func lines(_ reader: LogReader, blockBytes: Int = 70_000) -> [String] {
    var buffer = [UInt8](repeating: 0, count: blockBytes)
    var text: [UInt8] = []
    while let block = reader.fill(&buffer) { text += buffer[..<block.count] + [0x0A] }
    return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private static let long = (0..<20_000).map { "line \($0)" }

  @Test("files of a set are read one after the other, packed or not, whatever their names say")
  func set() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let packed = try gzip("a", Self.long.joined(separator: "\n"))
    let files = [try write("one.log", packed), try write("two.gz", Array("last\nno feed".utf8))]
    let reader = LogReader(LogSet(name: "x", files: files))
    #expect(lines(reader) == Self.long + ["last", "no feed"])
    #expect(reader.isAtEnd)
    #expect(reader.remarks == [])
    #expect(reader.taken == packed.count + 12)
  }

  @Test("members of gzip may follow each other, and zeros behind them are no matter")
  func members() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let bytes = try gzip("a", "one\n") + gzip("b", "two\n") + [UInt8](repeating: 0, count: 1000)
    let reader = LogReader(LogSet(name: "x", files: [try write("m.gz", bytes)]))
    #expect(lines(reader) == ["one", "two"])
    #expect(reader.remarks == [])
  }

  @Test("of packed data that is cut or damaged everything is read that can be, and it is told")
  func damaged() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let packed = try gzip("a", Self.long.joined(separator: "\n"))
    let cut = LogReader(LogSet(name: "x", files: [try write("cut.gz", Array(packed.dropLast(packed.count / 2)))]))
    let found = lines(cut)
    #expect(found.count > 1000)
    #expect(Array(Self.long.prefix(found.count - 1)) == Array(found.dropLast()))
    #expect(cut.remarks.map(\.sentence) == ["ends within its packed data: what could be unpacked was read"])
    var broken = packed
    for index in broken.count / 2..<broken.count / 2 + 50 { broken[index] ^= 0x5A }
    let other = LogReader(LogSet(name: "x", files: [try write("broken.gz", broken)]))
    _ = lines(other)
    #expect(other.remarks.count == 1)
    #expect(other.remarks.first?.sentence.hasPrefix("is damaged (") == true)
  }

  @Test("what is packed in another way is told, with the command that unpacks it")
  func otherPackers() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = try write("a.zst", [0x28, 0xB5, 0x2F, 0xFD, 0, 0])
    let reader = LogReader(LogSet(name: "x", files: [path]))
    #expect(lines(reader) == [])
    #expect(reader.remarks.first?.sentence.contains("zstd -dc \(path) | sluice logs -") == true)
  }

  @Test("a followed file gives what is written to it, a line when it is whole")
  func grows() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = try write("a.log", Array("one\ntw".utf8))
    let reader = LogReader(LogSet(name: "x", files: [path]), follows: true)
    #expect(lines(reader) == ["one"])
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.seekToEnd()
    try file.write(contentsOf: Data("o\nthree".utf8))
    reader.poll()
    #expect(lines(reader) == ["two"])
    #expect(!reader.isAtEnd)
  }

  @Test("a followed file that is moved away is read to its end, and then the new one")
  func moved() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = try write("a.log", Array("one\n".utf8))
    let reader = LogReader(LogSet(name: "x", files: [path]), follows: true)
    #expect(lines(reader) == ["one"])
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.seekToEnd()
    try file.write(contentsOf: Data("late".utf8))
    try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
    _ = try write("a.log", Array("new\n".utf8))
    var buffer = [UInt8](repeating: 0, count: 70_000)
    func next(polls: Bool = true) -> String? {
      if polls { reader.poll() }
      return reader.fill(&buffer).map { String(decoding: buffer[..<$0.count], as: UTF8.self) }
    }
    #expect(next() == nil)
    // The program goes on with the old file until it opens the new one.
    try file.write(contentsOf: Data(" too\nand".utf8))
    #expect(next() == "late too\n")
    for _ in 0..<LogReader.quietPollsMax { #expect(next() == nil) }
    #expect(next() == "and")
    #expect(next(polls: false) == "new\n")
    #expect(reader.files == ["\(path) (before it was moved away)", path])
  }

  @Test("a followed file that becomes shorter is read from its beginning")
  func truncated() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = try write("a.log", Array("one\ntwo\nthree".utf8))
    let reader = LogReader(LogSet(name: "x", files: [path]), follows: true)
    #expect(lines(reader) == ["one", "two"])
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.truncate(atOffset: 0)
    try file.write(contentsOf: Data("new\n".utf8))
    reader.poll()
    #expect(lines(reader) == ["new"])
  }

  @Test("a followed file that becomes shorter within a line that is too long loses nothing of the new ones")
  func truncatedWithinLongLine() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = try write("a.log", [UInt8](repeating: 0x78, count: 200_000))
    let reader = LogReader(LogSet(name: "x", files: [path]), follows: true)
    _ = lines(reader)
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.truncate(atOffset: 0)
    try file.write(contentsOf: Data("one\ntwo\n".utf8))
    reader.poll()
    #expect(lines(reader) == ["one", "two"])
    #expect(reader.files == ["\(path) (before it was emptied)", path])
  }

  @Test("a followed file that becomes another packed one is unpacked from its beginning")
  func repacked() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let (long, short) = (try gzip("a", Self.long.joined(separator: "\n")), try gzip("b", "one\n"))
    let path = try write("c.gz", Array(long.prefix(long.count / 2)))
    let reader = LogReader(LogSet(name: "x", files: [path]), follows: true)
    #expect(lines(reader).count > 1000)
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.truncate(atOffset: 0)
    try file.write(contentsOf: Data(short))
    reader.poll()
    #expect(lines(reader) == ["one"])
  }

  @Test("gzip is known on a pipe that gives its first byte alone")
  func firstByte() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let bytes = try gzip("a", "one\ntwo\n")
    let path = folder.appending(path: "pipe").path
    try #require(mkfifo(path, 0o600) == 0)
    Thread.detachNewThread {
      guard let file = FileHandle(forWritingAtPath: path) else { return }
      try? file.write(contentsOf: Data(bytes.prefix(1)))
      Thread.sleep(forTimeInterval: 0.1)
      try? file.write(contentsOf: Data(bytes.dropFirst()))
      try? file.close()
    }
    let reader = LogReader(LogSet(name: "x", files: [path]))
    #expect(lines(reader) == ["one", "two"])
  }

  @Test("what could not be read is told apart from what was cut")
  func unread() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let packed = try gzip("a", Self.long.joined(separator: "\n"))
    let cut = LogReader(LogSet(name: "x", files: [try write("cut.gz", Array(packed.dropLast(9)))]))
    _ = lines(cut)
    #expect(cut.remarks.map(\.isRemark) == [true])
    let memory = LogReader(LogSet(name: "x", files: ["/proc/self/mem"]), follows: true)
    _ = lines(memory)
    #expect(memory.remarks.map(\.isRemark) == [false])
    #expect(memory.remarks.first?.sentence.hasPrefix("the disk reports an error") == true)
  }
}
