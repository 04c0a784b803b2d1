import Foundation
import TestSupport
import Testing

/// Logs as disks hold them: cut, packed, mixed with what is none. The built command ends by itself, tells what it
/// understood and shows what it did not.
struct LogsInputTests {
  private static func failure(_ second: Int, stamp: String? = nil) -> String {
    let two = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
    let time = stamp ?? "2026/11/26 20:\(two(second / 60)):\(two(second % 60))"
    return "\(time) [error] 7#7: *\(second) connect() failed (111: Connection refused) while connecting to upstream, "
      + #"client: 10.0.0.7, server: a, request: "GET /a HTTP/1.1", upstream: "http://127.0.0.1:3000/a", host: "a""#
      + "\n"
  }

  /// Bytes that no log has, the same in each run.
  private static func noise(_ count: Int) -> [UInt8] {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    return (0..<count).map { _ in
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return UInt8(truncatingIfNeeded: state >> 32)
    }
  }

  private struct Told: Decodable {
    struct Cause: Decodable {
      var cause: String
      var count: Int
    }
    struct Log: Decodable {
      var files: [String]
    }
    struct Sample: Decodable {
      var line: Int
      var text: String
    }

    var lines: Int
    var recognised: Int
    var causes: [Cause]
    var logs: [Log]
    var unrecognised: [Sample]
    var remarks: [String]

    var refused: Int { causes.first { $0.cause == "connect_refused" }?.count ?? 0 }
  }

  private func tell(_ path: String) async throws -> Told {
    let run = try await CommandRun(["logs", "--json", path], environment: ["TZ": "UTC"])
    try #require(run.status == 1, "\(run.status): \(run.errors)")
    return try JSONDecoder().decode(Told.self, from: Data(run.output.utf8))
  }

  private func write(_ bytes: [UInt8], _ path: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

  private func pack(_ path: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-f", path]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }

  @Test func aStackTraceBetweenLinesIsCountedAndShown() async throws {
    let folder = try TemporaryFolder()
    let trace = "java.lang.NullPointerException: x\n\tat com.example.A.b(A.java:1)\n\n"
    try write(Array((Self.failure(0) + trace + Self.failure(1)).utf8), folder.file("error.log"))
    let told = try await tell(folder.file("error.log"))
    #expect(told.lines == 5 && told.recognised == 2 && told.refused == 2)
    #expect(told.unrecognised.map(\.line) == [2, 3])
    #expect(told.unrecognised.first?.text.hasPrefix("java.lang") == true)
  }

  @Test func ofGzipThatWasCutTheBeginningIsRead() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("error.log")
    try write(Array((0..<3000).map { Self.failure($0) }.joined().utf8), path)
    try pack(path)
    let packed = try Data(contentsOf: URL(fileURLWithPath: path + ".gz"))
    try packed.prefix(packed.count / 2).write(to: URL(fileURLWithPath: path + ".gz"))
    let told = try await tell(path + ".gz")
    #expect(told.refused > 100 && told.refused < 3000)
    #expect(told.remarks.contains { $0.contains("error.log.gz") })
  }

  @Test func bytesThatAreNoLogAreRefusedOrCounted() async throws {
    let folder = try TemporaryFolder()
    let noise = Self.noise(300_000)
    try write(noise, folder.file("binary.log"))
    let run = try await CommandRun(["logs", folder.file("binary.log")])
    // Lines are broken between words, wherever the folder's name has them.
    let words = run.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(run.status == 3 && words.contains("binary.log: no known form, 0 of "), "\(words.prefix(300))")
    #expect(words.contains("were not understood"))
    // What a terminal would obey is shown and not sent.
    #expect(!run.output.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x7F })
    try write(
      Array(Self.failure(0).utf8) + noise + Array("\n".utf8) + Array(Self.failure(1).utf8), folder.file("mixed.log"))
    let told = try await tell(folder.file("mixed.log"))
    #expect(told.refused == 2 && told.recognised == 2 && told.lines > 100 && !told.unrecognised.isEmpty)
  }

  @Test func aRotatedSetIsOneLogTheOldestFirst() async throws {
    let folder = try TemporaryFolder()
    for (name, seconds) in [("error.log.2", 0..<10), ("error.log.1", 10..<20), ("error.log", 20..<30)] {
      try write(Array(seconds.map { Self.failure($0) }.joined().utf8), folder.file(name))
    }
    try pack(folder.file("error.log.2"))
    let told = try await tell(folder.path)
    #expect(told.refused == 30 && told.logs.count == 1)
    let files = told.logs.first?.files.map { URL(fileURLWithPath: $0).lastPathComponent }
    #expect(files == ["error.log.2.gz", "error.log.1", "error.log"])
  }

  @Test func clocksThatJumpLoseNoFailure() async throws {
    let folder = try TemporaryFolder()
    let lines = [
      Self.failure(50), Self.failure(10), Self.failure(40), Self.failure(5, stamp: "1999/13/45 20:00:05"),
      Self.failure(6, stamp: "2038/01/19 03:14:08"), Self.failure(7, stamp: "2026/11/26 99:99:99"),
    ]
    try write(Array(lines.joined().utf8), folder.file("error.log"))
    let told = try await tell(folder.file("error.log"))
    #expect(told.lines == 6 && told.refused == 6)
  }

  @Test func aLineWithoutEndIsCutAndSaid() async throws {
    let folder = try TemporaryFolder()
    let line = [UInt8](repeating: UInt8(ascii: "x"), count: 300_000) + Array("\n".utf8)
    try write(Array(Self.failure(0).utf8) + line + Array(Self.failure(1).utf8), folder.file("error.log"))
    let told = try await tell(folder.file("error.log"))
    #expect(told.lines == 3 && told.refused == 2 && !told.remarks.isEmpty)
  }
}
