import Foundation
import TestSupport
import Testing

@testable import SluiceLogs

@Suite("Logs that grow")
struct LogFollowTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "grow-\(UUID().uuidString)")

  private func write(_ name: String, _ text: String) throws -> String {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let path = folder.appending(path: name).path
    try Data(text.utf8).write(to: URL(filePath: path))
    return path
  }

  private func append(_ path: String, _ text: String) {
    guard let file = FileHandle(forWritingAtPath: path) else { return }
    _ = try? file.seekToEnd()
    try? file.write(contentsOf: Data(text.utf8))
    try? file.close()
  }

  private static func options(_ follows: Bool = true) -> LogScanOptions {
    var options = LogScanTests.options(blockBytes: 66_000)
    options.follows = follows
    return options
  }

  @Test("a log that is quiet keeps no other waiting")
  func quiet() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let text = (0..<40_000).map { LogScanTests.line($0 % 3600, 502) }.joined()
    let quiet = try write("error.log", LogScanTests.line(0, 502))
    let busy = try write("access.log", text)
    let lineBytes = text.utf8.count / 40_000
    var delivered = 0
    var most = 0
    let sets = [quiet, busy].map { LogSet(name: $0, files: [$0]) }
    let result = await LogScan(sets, Self.options(), table: LogScanTests.table).run(
      onProgress: { bytes in most = max(most, bytes / lineBytes - delivered) }, onPause: { _ in false },
      onEntry: { _ in delivered += 1 })
    #expect(delivered == 40_001 && result.lines == 40_001)
    // Some blocks of some 1,600 lines each.
    #expect(most < 12_000, "\(most) lines waited")
  }

  @Test("a scan that nobody wants any more ends after the block, followed or not", arguments: [false, true])
  func ends(follows: Bool) async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = try write("a.log", (0..<40_000).map { LogScanTests.line($0 % 3600, 502) }.joined())
    var entries = 0
    var pauses = 0
    let result = await LogScan([LogSet(name: path, files: [path])], Self.options(follows), table: LogScanTests.table)
      .run(
        mayGoOn: { entries == 0 },
        onPause: { _ in
          pauses += 1
          return false
        }, onEntry: { _ in entries += 1 })
    #expect(entries > 0 && entries < 20_000 && result.lines < 20_000)
    #expect(pauses == 0)
  }

  @Test("lines without a year are of the year in which they were written, and not of that in which the file was opened")
  func years() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    func line(_ stamp: String) -> String {
      "\(stamp) h haproxy[5]: Server be/s1 is DOWN, reason: Layer4 timeout, check duration: 5ms.\n"
    }
    // 31 December 2025 and 2 January 2026.
    let (before, after) = (1_767_182_400.0, 1_767_355_200.0)
    let path = try write("a.log", line("Dec 31 12:00:00"))
    func touch(_ time: Double) throws {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: time)], ofItemAtPath: path)
    }
    try touch(before)
    var options = Self.options()
    options.zone = .fixed(seconds: 0)
    var times: [Int64?] = []
    var rounds = 0
    _ = await LogScan([LogSet(name: path, files: [path])], options).run(
      onPause: { _ in
        rounds += 1
        guard rounds == 1 else { return false }
        append(path, line("Jan  2 12:00:00"))
        try? touch(after)
        return true
      }, onEntry: { times.append($0.time) })
    #expect(times == [Int64(before) * 1000, Int64(after) * 1000])
  }

  @Test("a log that was empty at the start has the clock that its first lines tell")
  func emptyAtStart() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = try write("a.log", "")
    var options = Self.options()
    options.zone = .fixed(seconds: 0)
    var times: [Int64?] = []
    var rounds = 0
    _ = await LogScan([LogSet(name: path, files: [path])], options).run(
      onPause: { _ in
        rounds += 1
        if rounds == 1 {
          append(
            path,
            "10.1.1.1 - - [26/Nov/2026:21:00:00 +0100] \"GET / HTTP/1.1\" 502 1 \"-\" \"x\" rt=0.1 ua=\"10.0.0.1:80\" "
              + "us=\"502\"\n2026/11/26 21:00:01 [error] 7#7: *1 connect() failed (111: Connection refused) while "
              + "connecting to upstream, client: 10.0.0.7, server: a, request: \"GET /a HTTP/1.1\", upstream: "
              + "\"http://10.0.0.1:80/a\"\n")
        }
        return rounds < 3
      }, onEntry: { times.append($0.time) })
    #expect(times == [Made.at(0), Made.at(1)])
  }

  @Test("what stands in a file that was moved away is told with a name that says so")
  func moved() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = try write("a.log", LogScanTests.line(1, 502))
    var rounds = 0
    var places: [LinePlace] = []
    let result = await LogScan([LogSet(name: path, files: [path])], Self.options(), table: LogScanTests.table).run(
      onPause: { _ in
        rounds += 1
        if rounds == 1 {
          try? FileManager.default.moveItem(atPath: path, toPath: path + ".1")
          _ = try? write("a.log", "")
        }
        // The program goes on with the old file, however long it takes until it opens the new one, and even then.
        if rounds == 6 { append(path + ".1", LogScanTests.line(2, 503)) }
        if rounds == 7 { append(path, LogScanTests.line(9, 502)) }
        if rounds == 8 { append(path + ".1", LogScanTests.line(3, 503)) }
        return rounds < 14
      }, onEntry: { places.append($0.place) })
    #expect(places.map(\.file) == [0, 0, 0, 1])
    #expect(places.map(\.line) == [1, 2, 3, 1])
    #expect(result.logs[0].set.files == ["\(path) (before it was moved away)", path])
  }

  @Test("standard input and pipes have an end, with which the scan ends", .timeLimit(.minutes(1)))
  func pipe() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = try write("x", "") + ".pipe"
    try #require(mkfifo(path, 0o600) == 0)
    let text = LogScanTests.line(1, 502)
    Thread.detachNewThread {
      if let file = FileHandle(forWritingAtPath: path) { try? file.write(contentsOf: Data(text.utf8)) }
    }
    var entries = 0
    _ = await LogScan([LogSet(name: path, files: [path])], Self.options(), table: LogScanTests.table).run(
      onPause: { _ in
        try? await Task.sleep(for: .milliseconds(20))
        return true
      }, onEntry: { _ in entries += 1 })
    #expect(entries == 1)
  }
}
