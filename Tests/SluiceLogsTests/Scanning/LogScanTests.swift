import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import SluiceLogs

@Suite("The scan of logs")
struct LogScanTests {
  /// `[time] upstream/endpoint status text`; below 500 it is ordinary.
  static let table = LogFormatTable([
    LogFormat(
      id: "test", product: .other, shape: .template("[{time}] {upstream}/{endpoint} {status} {message?}"), time: .iso,
      accepts: { line, fields in fields.range(.status).map { $0.count == 3 } ?? false },
      isOrdinary: { line, fields in fields.range(.status).map { line.byte(at: $0.lowerBound) < 0x35 } ?? false },
      entry: { values in
        var entry = LogEntry(
          product: .other, kind: .request, place: LinePlace(source: 0, file: 0, line: 0), time: nil, text: "")
        entry.status = values.number(.status).flatMap { UInt16(exactly: $0) }
        entry.upstream = values[.upstream]
        entry.endpoint = values[.endpoint]
        return entry
      })
  ])

  static func line(_ second: Int, _ status: Int, _ text: String = "") -> String {
    let two = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
    return "[2026-11-26T20:\(two(second / 60)):\(two(second % 60))Z] api/\(second % 3) \(status) \(text)\n"
  }

  static func options(blockBytes: Int = 131_072) -> LogScanOptions {
    var options = LogScanOptions(now: 1_795_723_200_000, lanes: 2)
    options.blockBytes = blockBytes
    return options
  }

  @discardableResult
  static func scan(
    _ texts: [[UInt8]], _ options: LogScanOptions = options(), table: LogFormatTable = table,
    _ onEntry: (LogEntry) -> Void = { _ in }
  ) async throws -> LogScanResult {
    let folder = FileManager.default.temporaryDirectory.appending(path: "scan-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var sets: [LogSet] = []
    for (index, text) in texts.enumerated() {
      let path = folder.appending(path: "\(index).log").path
      try Data(text).write(to: URL(filePath: path))
      sets.append(LogSet(name: path, files: [path]))
    }
    return await LogScan(sets, options, table: table).run(onEntry: onEntry)
  }

  @Test("entries of several logs come in the order of time, with their place")
  func order() async throws {
    let one = [10, 30, 50].map { Self.line($0, 502) }.joined()
    let other = [5, 20, 40, 60].map { Self.line($0, 503) }.joined()
    var entries: [LogEntry] = []
    let result = try await Self.scan([Array(one.utf8), Array(other.utf8)]) { entries.append($0) }
    #expect(entries.map { ($0.time ?? 0) / 1000 % 100 } == [5, 10, 20, 30, 40, 50, 60])
    #expect(entries.map(\.status) == [503, 502, 503, 502, 503, 502, 503])
    #expect(entries.map(\.place.source) == [1, 0, 1, 0, 1, 0, 1])
    #expect(entries.map(\.place.line) == [1, 1, 2, 2, 3, 3, 4])
    #expect(result.lines == 7)
    #expect(result.logs.map(\.first) == [1_795_723_210_000, 1_795_723_205_000])
    #expect(result.logs[1].last == 1_795_723_260_000)
    #expect(result.logs[0].formats == [FormatCount(format: "test", lines: 3)])
  }

  @Test("ordinary lines are counted by slot, upstream and endpoint, and failures with them")
  func tally() async throws {
    let text = (0..<60).map { Self.line($0, $0 % 20 == 7 ? 502 : 200) }.joined()
    var entries = 0
    let result = try await Self.scan([Array(text.utf8)]) { _ in entries += 1 }
    #expect(entries == 3)
    #expect(result.tally.requests == 60)
    #expect(result.tally.statuses == [200: 57, 502: 3])
    #expect(result.tally.slotSeconds == 10)
    let key = TrafficTally.Key(slot: 1_795_723_200, product: .other, upstream: "api", endpoint: "1")
    #expect(result.tally.counts[key] == TrafficTally.Count(requests: 3, failed: 1))
    #expect(result.tally.counts.values.reduce(0) { $0 + $1.requests } == 60)
  }

  @Test("the same entries come whatever the blocks are, with lines of all lengths and endings", arguments: [1, 2, 3])
  func blocks(seed: UInt64) async throws {
    var numbers = SeededNumbers(seed: seed)
    var text: [UInt8] = []
    for second in 0..<3000 {
      let filler = String(repeating: "x", count: Int(numbers.next() % 400))
      var line = Self.line(second, numbers.next() % 3 == 0 ? 502 : 200, filler)
      if numbers.next() % 5 == 0 { line = line.replacing("\n", with: "\r\n") }
      if numbers.next() % 50 == 0 { line = "\n\0\u{FF}no line of a log\n" + line }
      text += Array(line.utf8)
    }
    text.removeLast()
    var runs: [[LogEntry]] = []
    var results: [LogScanResult] = []
    for blockBytes in [66_000, 70_001, 131_072, 4_194_304] {
      var entries: [LogEntry] = []
      results.append(try await Self.scan([text], Self.options(blockBytes: blockBytes)) { entries.append($0) })
      runs.append(entries)
    }
    #expect(runs[0].count > 500)
    for (run, result) in zip(runs, results).dropFirst() {
      #expect(run == runs[0])
      #expect(result.tally == results[0].tally)
      #expect(result.logs[0].lines == results[0].logs[0].lines)
      #expect(result.logs[0].unrecognised.map(\.line) == results[0].logs[0].unrecognised.map(\.line))
    }
  }

  @Test("a line that is too long is cut, and what follows it is read")
  func longLines() async throws {
    let long = String(repeating: "y", count: 300_000)
    let text = Self.line(1, 502, long) + Self.line(2, 503) + long
    var entries: [LogEntry] = []
    let result = try await Self.scan([Array(text.utf8)], Self.options(blockBytes: 100_000)) { entries.append($0) }
    #expect(entries.map(\.status) == [502, 503])
    #expect(entries.map(\.place.line) == [1, 2])
    #expect(entries.allSatisfy { $0.text.utf8.count <= LogEntry.textMax })
    #expect(result.logs[0].cut == 2)
    #expect(result.logs[0].lines == 3)
    #expect(result.logs[0].recognised == 2)
  }

  @Test("lines out of the wanted time are counted as lines and nothing more")
  func range() async throws {
    var options = Self.options()
    options.since = 1_795_723_210_000
    options.until = 1_795_723_220_000
    let text = (0..<30).map { Self.line($0, $0 % 2 == 0 ? 502 : 200) }.joined()
    var entries: [LogEntry] = []
    let result = try await Self.scan([Array(text.utf8)], options) { entries.append($0) }
    #expect(entries.count == 5)
    #expect(result.tally.requests == 10)
    #expect(result.lines == 30)
  }

  @Test("every line becomes an entry where that is asked for, and is counted once")
  func everyLine() async throws {
    var options = Self.options()
    options.everyLine = true
    let text = (0..<30).map { Self.line($0, $0 % 2 == 0 ? 502 : 200) }.joined()
    var entries = 0
    let result = try await Self.scan([Array(text.utf8)], options) { _ in entries += 1 }
    #expect(entries == 30)
    #expect(result.tally.requests == 30)
  }

  @Test("a file that cannot be read is told, and the others are read")
  func unreadable() async throws {
    let missing = LogSet(name: "/nowhere/a.log", files: ["/nowhere/a.log"])
    let result = await LogScan([missing], Self.options(), table: Self.table).run(onEntry: { _ in })
    #expect(
      result.logs[0].problems == [LogReadProblem(path: "/nowhere/a.log", sentence: "no such file or directory")])
  }

  @Test(
    "what many programs write belongs to the one product whose other log is read beside it",
    arguments: [
      (nil, "combined", LogProduct.other),
      (
        "2026/11/26 20:00:00 [error] 7#7: *1 upstream prematurely closed connection while reading response header from "
          + "upstream, client: 192.0.2.1, server: , request: \"GET / HTTP/1.1\", upstream: \"http://10.0.0.5:80/\"",
        "nginx-combined", .nginx
      ),
      (
        "[Thu Nov 26 20:00:00.000000 2026] [proxy:error] [pid 7:tid 8] (111)Connection refused: AH00957: HTTP: attempt to "
          + "connect to 10.0.0.5:80 (10.0.0.5) failed", "httpd-combined", .httpd
      ),
    ] as [(String?, String, LogProduct)])
  func whose(other: String?, format: String, product: LogProduct) async throws {
    let line = "192.0.2.1 - - [26/Nov/2026:20:00:01 +0000] \"GET / HTTP/1.1\" 502 157 \"-\" \"curl\"\n"
    let logs = [Array(line.utf8)] + (other.map { [Array(($0 + "\n").utf8)] } ?? [])
    var products: [LogProduct] = []
    let result = try await Self.scan(logs, table: .standard) { if $0.kind == .request { products.append($0.product) } }
    #expect(result.logs[0].formats.map(\.format) == [format])
    #expect(products == [product])
  }

  @Test("a log without offsets has the clock of another log of the same product")
  func offsets() async throws {
    let table = LogFormatTable(
      [(TimeForm.slashes, "a"), (.iso, "b")].map { form, id in
        LogFormat(
          id: id, product: .nginx, shape: .template(LineTemplate(stringLiteral: "\(id) [{time}] {status}")), time: form,
          accepts: { _, _ in true },
          isOrdinary: { _, _ in false },
          entry: { _ in
            LogEntry(
              product: .nginx, kind: .event, place: LinePlace(source: 0, file: 0, line: 0), time: nil, text: "")
          })
      })
    var times: [Int64?] = []
    let folder = FileManager.default.temporaryDirectory.appending(path: "zones-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let lines = ["a [2026/11/26 20:00:01] 1\n", "b [2026-11-26T20:00:02+05:00] 1\n"]
    var sets: [LogSet] = []
    for (index, line) in lines.enumerated() {
      let path = folder.appending(path: "\(index).log").path
      try Data(line.utf8).write(to: URL(filePath: path))
      sets.append(LogSet(name: path, files: [path]))
    }
    var options = Self.options()
    options.zone = .fixed(seconds: 0)
    _ = await LogScan(sets, options, table: table).run(onEntry: { times.append($0.time) })
    #expect(times == [1_795_705_201_000, 1_795_705_202_000])
    times = []
    _ = await LogScan([sets[0]], options, table: table).run(onEntry: { times.append($0.time) })
    #expect(times == [1_795_723_201_000])
  }

  @Test("a log without offsets whose prefixes tell one has the clock of its prefixes")
  func prefixOffsets() {
    let table = LogFormatTable([
      LogFormat(
        id: "a", product: .nginx, shape: .template("a [{time}] {status}"), time: .slashes, accepts: { _, _ in true },
        isOrdinary: { _, _ in false }, entry: { _ in nil })
    ])
    let line = "2026-11-26T20:00:01+05:00 gw nginx[1]: a [2026/11/26 20:00:01] 1\n"
    let look = LogLook(Array(line.utf8), table)
    #expect(LogLook.zone(of: 0, [look], .fixed(seconds: 0)) == .fixed(seconds: 18_000))
    #expect(LogLook.zone(of: 0, [look], .fixed(seconds: 18_000)) == .fixed(seconds: 18_000))
  }

  @Test("a log that waited for one that has ended is read to its end", arguments: [1, 2])
  func waits(lanes: Int) async throws {
    var options = Self.options(blockBytes: 66_000)
    options.lanes = lanes
    let waiting = (20..<3000).map { Self.line($0, 502, String(repeating: "x", count: 200)) }.joined()
    var entries = 0
    let result = try await Self.scan([Array(Self.line(10, 502).utf8), Array(waiting.utf8)], options) { _ in
      entries += 1
    }
    #expect(result.lines == 2981)
    #expect(entries == 2981)
  }

  @Test("what is written to a followed file comes, until the caller has enough")
  func follows() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "follow-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "a.log").path
    try Data(Self.line(1, 502).utf8).write(to: URL(filePath: path))
    var options = Self.options()
    options.follows = true
    var statuses: [UInt16?] = []
    var rounds = 0
    let result = await LogScan([LogSet(name: path, files: [path])], options, table: Self.table).run(
      onPause: { _ in
        rounds += 1
        if rounds == 1, let file = FileHandle(forWritingAtPath: path) {
          _ = try? file.seekToEnd()
          try? file.write(contentsOf: Data(Self.line(2, 503).utf8))
        }
        return rounds < 3
      }, onEntry: { statuses.append($0.status) })
    #expect(statuses == [502, 503])
    #expect(result.lines == 2)
  }

  @Test("a log in which every line fails keeps few entries waiting")
  func memory() async throws {
    let lines = (0..<3000).map { Self.line($0, 502) }
    let texts = [lines.joined(), lines.prefix(5).joined()].map { Array($0.utf8) }
    var seen: [Int64] = []
    let result = try await Self.scan(texts, Self.options(blockBytes: 66_000)) { seen.append($0.time ?? 0) }
    #expect(result.lines == 3005)
    #expect(seen.count == 3005)
    #expect(seen == seen.sorted())
  }
}
