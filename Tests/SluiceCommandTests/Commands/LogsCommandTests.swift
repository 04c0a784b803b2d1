import Foundation
import TestSupport
import Testing

/// `sluice logs` as its users run it: what it says, where, and with which code it ends.
struct LogsCommandTests {
  private static func access(_ second: Int, _ status: Int = 200) -> String {
    let two = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
    return "10.1.1.1 - - [26/Nov/2026:\(two(20 + second / 3600)):\(two(second / 60 % 60)):\(two(second % 60)) +0000] "
      + "\"GET /a HTTP/1.1\" \(status) 12 \"-\" \"x\" rt=0.1 ua=\"10.0.0.1:80\" us=\"\(status)\"\n"
  }

  private func write(_ text: String, _ path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  /// Lines are broken between words, wherever the folder's name has them.
  private func words(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  // MARK: What cannot be read

  @Test func aFileThatCannotBeReadToItsEndEndsWithThreeAndIsSaid() async throws {
    let folder = try TemporaryFolder()
    try write(Self.access(0), folder.file("a.log"))
    // Reading one's own memory from its beginning is an input/output error, for root as for others.
    for arguments in [[], ["--json"], ["--ndjson"]] {
      let run = try await CommandRun(["logs", folder.file("a.log"), "/proc/self/mem"] + arguments)
      #expect(run.status == 3, "\(arguments): \(run.status)")
      #expect(run.errors.hasPrefix("error: /proc/self/mem: the disk reports an error"), "\(run.errors)")
    }
    let run = try await CommandRun(["logs", "--json", "/proc/self/mem"])
    let logs = try #require((run.json as? [String: Any])?["logs"] as? [[String: Any]])
    let problems = try #require(logs.first?["problems"] as? [String])
    #expect(problems.count == 1 && problems[0].contains("/proc/self/mem"))
  }

  @Test func whatIsPackedInAnotherWayEndsWithThreeAndIsSaid() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.log.zst")
    try Data([0x28, 0xB5, 0x2F, 0xFD, 0, 0]).write(to: URL(fileURLWithPath: path))
    let run = try await CommandRun(["logs", path])
    #expect(run.status == 3 && run.errors.contains("is packed with zstd"), "\(run.errors)")
    #expect(run.output.hasPrefix("Nothing could be read."), "\(run.output)")
  }

  // MARK: Nothing to tell

  @Test func anEmptyLogIsSaidToBeEmpty() async throws {
    let folder = try TemporaryFolder()
    try write("", folder.file("a.log"))
    let run = try await CommandRun(["logs", folder.file("a.log")])
    #expect(run.status == 0 && run.output.hasPrefix("The log is empty."), "\(run.output)")
  }

  @Test func aTimeInWhichNoLineLiesIsSaidWithTheEndOfTheLogs() async throws {
    let folder = try TemporaryFolder()
    try write((0..<60).map { Self.access($0) }.joined(), folder.file("a.log"))
    let run = try await CommandRun(["logs", folder.file("a.log"), "--since", "2026-11-26T22:00"])
    #expect(run.status == 0)
    #expect(
      words(run.output).hasPrefix(
        "No line lies in that time; the logs begin at 2026-11-26 20:00:00 and end at 2026-11-26 20:00:59 UTC."),
      "\(run.output)")
    let some = try await CommandRun(["logs", folder.file("a.log"), "--since", "2026-11-26T20:00:50"])
    #expect(some.output.hasPrefix("No failures in 10 requests.\n2026-11-26 20:00:50 to 20:00:59 UTC (9 s)"))
  }

  @Test func theTimeOfTheLogsIsThatOfTheirLines() async throws {
    let folder = try TemporaryFolder()
    // Two hours but a second: slots of the chart and of traffic are longer.
    try write([3, 3600, 7202].map { Self.access($0) }.joined(), folder.file("a.log"))
    let run = try await CommandRun(["logs", folder.file("a.log")])
    #expect(run.output.contains("2026-11-26 20:00:03 to 22:00:02 UTC (1 h 59 min)"), "\(run.output)")
  }

  // MARK: Options

  @Test func anAgeMayBeFollowedByAgo() async throws {
    let folder = try TemporaryFolder()
    try write(Self.access(0), folder.file("a.log"))
    #expect(try await CommandRun(["logs", folder.file("a.log"), "--since", "2d ago"]).status == 0)
    let clock = try await CommandRun(["logs", folder.file("a.log"), "--since", "03:46"])
    #expect(clock.status == 2 && clock.errors.contains("as in 2026-11-24T03:46"), "\(clock.errors)")
    #expect(try await CommandRun(["logs", folder.file("a.log"), "--since", "2026-11-24 ago"]).status == 2)
  }

  @Test func aMistakeInAFileOfFormatsIsAMistakeOfUse() async throws {
    let folder = try TemporaryFolder()
    try write(Self.access(0), folder.file("a.log"))
    try write("formats:\n  - name: x\n    nginks: '$status'\n", folder.file("f.yaml"))
    let run = try await CommandRun(["logs", folder.file("a.log"), "--formats", folder.file("f.yaml")])
    #expect(run.status == 2 && run.errors.contains("nginks"), "\(run.status) \(run.errors)")
  }

  @Test func wherePagesCannotBeWrittenTheFolderIsNamedAndWhereTheyAreTheFile() async throws {
    let folder = try TemporaryFolder()
    try write(Self.access(0), folder.file("a.log"))
    let missing = folder.file("none") + "/r.html"
    let run = try await CommandRun(["logs", folder.file("a.log"), "--html", missing])
    #expect(run.status == 3)
    #expect(
      run.errors.contains("error: \(missing): ") && run.errors.contains("there is no folder \(folder.file("none"))"))
    let page = folder.file("r.html")
    let written = try await CommandRun(["logs", folder.file("a.log"), "--html", page])
    #expect(written.status == 0 && written.errors.contains("\(page): the report was written"), "\(written.errors)")
    #expect(FileManager.default.fileExists(atPath: page))
  }

  @Test func whatNoLineTellsCanBeWanted() async throws {
    let folder = try TemporaryFolder()
    // A status alone names no cause, and a retry that made everything good tells none.
    try write(
      #"127.0.0.1 - - [26/Nov/2026:20:00:00 +0000] "GET /x HTTP/1.1" 502 4 "-" "curl/7""# + "\n", folder.file("a.log"))
    let run = try await CommandRun(["logs", folder.file("a.log"), "--cause", "unknown"])
    #expect(run.status == 1 && run.output.hasPrefix("1 problem: 1 of 1 request failed"), "\(run.output) \(run.errors)")
    let retried =
      #"{"DownstreamStatus":200,"OriginStatus":200,"RetryAttempts":2,"RequestPath":"/","time":"2026-11-26T20:00:00"}"#
    try write(retried + "\n", folder.file("b.log"))
    let lines = try await CommandRun(["logs", folder.file("b.log"), "--cause", "unknown", "--ndjson"])
    #expect(lines.output.contains("\"status\":200"), "\(lines.output)")
    let none = try await CommandRun(["logs", folder.file("a.log"), "--cause", "proxy_bug"])
    #expect(none.status == 0 && none.output.hasPrefix("No failures of proxy_bug in 1 request."), "\(none.output)")
  }

  // MARK: Ends

  @Test(.timeLimit(.minutes(1))) func linesEndWhereNobodyReadsThem() async throws {
    let folder = try TemporaryFolder()
    try write((0..<3600).map { Self.access($0) }.joined(), folder.file("a.log"))
    // Lines without an end: only that nobody reads what it says can end it.
    let lines = Process()
    lines.executableURL = URL(fileURLWithPath: "/bin/sh")
    lines.arguments = ["-c", "while cat '\(folder.file("a.log"))'; do :; done"]
    let input = Pipe()
    lines.standardOutput = input
    lines.standardError = FileHandle.nullDevice
    let process = Process()
    let binary: URL = try #require(CommandRun.binary)
    process.executableURL = binary
    process.arguments = ["logs", "-", "--ndjson"]
    process.environment = [:]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = input
    let (ended, continuation) = AsyncStream<Void>.makeStream()
    process.terminationHandler = { _ in continuation.finish() }
    try process.run()
    try lines.run()
    // This process holds no end of it that would keep the lines coming.
    try input.fileHandleForReading.close()
    #expect(!output.fileHandleForReading.availableData.isEmpty)
    try output.fileHandleForReading.close()
    for await _ in ended {}
    lines.waitUntilExit()
  }

  @Test(.timeLimit(.minutes(1))) func aFollowedLogSaysWhatWasSeenAndEndsWithItsCode() async throws {
    let folder = try TemporaryFolder()
    try write(Self.access(0, 502), folder.file("a.log"))
    let process = Process()
    let binary: URL = try #require(CommandRun.binary)
    process.executableURL = binary
    process.arguments = ["logs", folder.file("a.log"), "--follow"]
    process.environment = [:]
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    let (ended, continuation) = AsyncStream<Void>.makeStream()
    process.terminationHandler = { _ in continuation.finish() }
    try process.run()
    let first = output.fileHandleForReading.availableData
    #expect(String(decoding: first, as: UTF8.self).hasPrefix("Problem"))
    process.interrupt()
    for await _ in ended {}
    #expect(process.terminationReason == .exit && process.terminationStatus == 1)
    let rest = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(rest.contains("1 problem: 1 of 1 request failed"), "\(rest)")
    let told = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(told.contains("following \(folder.file("a.log")); SIGINT"), "\(told)")
  }
}
