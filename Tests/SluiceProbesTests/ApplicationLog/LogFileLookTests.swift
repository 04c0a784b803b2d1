import Foundation
import Glibc
import SluiceIncidents
import Testing

@testable import SluiceProbes

@Suite struct LogFileLookTests {
  /// 2026-11-26 17:12:11 UTC.
  private let moment: Int64 = 1_795_713_131_000

  private func seen(_ path: String, at moment: Int64? = nil, offset: Int64 = 0) throws -> ApplicationLogSeen {
    let seen = LogFileLook.look(path: path, moment: moment ?? self.moment, machineOffset: offset)
    return try #require(seen.value, "\(seen)")
  }

  private func reason(_ path: String) throws -> String {
    guard case .notRun(let reason) = LogFileLook.look(path: path, moment: moment, machineOffset: 0) else {
      throw CocoaError(.featureUnsupported)
    }
    return reason
  }

  /// One line a second from `first` on.
  private func lines(_ count: Int, from first: Int64, hasOffset: Bool = true) -> String {
    (0..<count).map { index in
      "\(LogFolder.time(first + Int64(index) * 1000, hasOffset: hasOffset)) INFO served \(index)\n"
    }.joined()
  }

  @Test func theLinesOfTheSecondAndWhatStandsOutAreFound() throws {
    let folder = try LogFolder()
    let text =
      lines(3000, from: moment - 3_000_000) + "\(LogFolder.time(moment)) ERROR no space left on device\n"
      + lines(3000, from: moment + 1000)
    let path = try folder.write("api.log", text, written: moment + 3_000_000)
    let seen = try seen(path)
    #expect(seen.notes.map(\.kind) == [.diskFull])
    #expect(seen.notes.first?.time == moment)
    #expect(seen.lines.contains { $0.time == moment })
    #expect((40...200).contains(seen.lines.count))
    #expect(seen.lines.allSatisfy { abs(($0.time ?? 0) - moment) <= 30_000 })
    #expect(seen.lastLineAt == moment + 3_000_000)
    #expect(seen.readBytes < 700_000)
    #expect(seen.missing == [])
  }

  @Test func aLogOfTenGibibytesCostsAFewBlocks() throws {
    let folder = try LogFolder()
    let path = folder.file("api.log")
    let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    defer { close(descriptor) }
    // A hole first, so that it takes little room; then 64 MiB of lines, of which the moment is in the midst.
    let size: off_t = 10 << 30
    let padding = String(repeating: "x", count: 4000)
    let first = moment - 9_000_000
    var offset = size - 64 << 20
    for batch in 0..<64 {
      let lines = (0..<256).map { "\(LogFolder.time(first + Int64(batch * 256 + $0) * 1000)) INFO \(padding)\n" }
      let text = Array(lines.joined().utf8)
      #expect(pwrite(descriptor, text, text.count, offset) == text.count)
      offset += off_t(text.count)
    }
    try folder.touch("api.log", moment + 86_400_000)
    let seen = try seen(path)
    #expect(try #require(seen.fileBytes) > 10_600_000_000)
    #expect(seen.lines.contains { $0.time == moment })
    // The lines around the moment, and less than half a mebibyte to find them.
    #expect(seen.readBytes < LogFileLook.bytesBefore + LogFileLook.bytesAfter + 524_288)
  }

  @Test func aTruncatedFileWithAHoleAtItsBeginningIsRead() throws {
    let folder = try LogFolder()
    let path = folder.file("api.log")
    try Data().write(to: URL(fileURLWithPath: path))
    #expect(truncate(path, 3 << 30) == 0)
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(lines(500, from: moment - 250_000).utf8))
    try handle.close()
    try folder.touch("api.log", moment + 250_000)
    let seen = try seen(path)
    #expect(seen.lines.contains { $0.time == moment })
    #expect(seen.readBytes < LogFileLook.bytesMax)
  }

  @Test func whatWritesNoOffsetIsReadByTheLastWrite() throws {
    let folder = try LogFolder()
    // Five and a half hours east of Greenwich.
    let path = try folder.write(
      "api.log", lines(200, from: moment - 100_000 + 19_800_000, hasOffset: false), written: moment + 99_500)
    let seen = try seen(path)
    #expect(seen.lines.contains { $0.time == moment })
    #expect(seen.lastLineAt == moment + 99_000)
  }

  @Test func aLogWithoutTimesGivesItsLastLines() throws {
    let folder = try LogFolder()
    let text = (0..<5000).map { "GET /\($0) 200\n" }.joined() + "java.lang.OutOfMemoryError: Java heap space\n"
    let path = try folder.write("api.log", text, written: moment - 2000)
    let seen = try seen(path)
    #expect(seen.lines.count == 200)
    #expect(seen.lastLineAt == nil)
    #expect(seen.notes.map(\.kind) == [.outOfMemory])
    #expect(seen.notes.first?.time == moment - 2000)
    #expect(seen.missing.contains { $0.contains("tells a time") })
    #expect(seen.readBytes <= 65_536)
  }

  @Test func ofALogWithoutDatesTheLastDayIsRead() throws {
    let folder = try LogFolder()
    // Three days, a line each ten minutes, and one of the moment.
    let times = (0..<432).map { moment - 259_200_000 + Int64($0) * 600_000 } + [moment]
    let text = times.map { "\(LogFolder.time($0, hasOffset: false).dropFirst(11)) [main] INFO served\n" }.joined()
    let path = try folder.write("api.log", text + "Killed\n", written: moment + 500)
    let seen = try seen(path)
    #expect(seen.lines.contains { $0.time == moment })
    #expect(seen.lines.allSatisfy { abs(($0.time ?? moment) - moment) <= 86_400_000 })
    #expect(seen.notes.map(\.kind) == [.killed])
    #expect(seen.missing.contains { $0.contains("no date") })
  }

  @Test func anEarlierFileHasTheMoment() throws {
    let folder = try LogFolder()
    let path = try folder.write("api.log", lines(100, from: moment + 500_000), written: moment + 600_000)
    try folder.write("api.log.1", lines(200, from: moment + 200_000), written: moment + 400_000)
    try folder.write("api.log.2", lines(200, from: moment - 100_000), written: moment + 100_000)
    try folder.write("api.log.3", lines(200, from: moment - 900_000), written: moment - 700_000)
    try folder.write("api.logger", lines(200, from: moment), written: moment + 1)
    let seen = try seen(path)
    #expect(seen.source == folder.file("api.log.2"))
    #expect(seen.lines.contains { $0.time == moment })
  }

  @Test func aCompressedFileIsNamed() throws {
    let folder = try LogFolder()
    let path = try folder.write("api.log", lines(100, from: moment + 500_000), written: moment + 600_000)
    try folder.write("api.log.1.gz", "\u{1F}", written: moment + 100_000)
    #expect(try seen(path).missing.contains { $0.contains("api.log.1.gz") && $0.contains("compressed") })
    try FileManager.default.removeItem(atPath: folder.file("api.log.1.gz"))
    #expect(try seen(path).missing.contains { $0.contains("no earlier file") })
  }

  @Test(arguments: [
    ("api.log.1", true), ("api.log-20261126", true), ("api.log.2.gz", true), ("api-20261126.log", true),
    ("api-2026-11-26.1.log", true), ("api-2026-11-26.log.gz", true), ("api.log", false), ("api-error.log", false),
    ("apis.log", false), ("other.log.1", false), ("", false), ("api", false),
  ])
  func namesOfEarlierFiles(name: String, isEarlier: Bool) {
    #expect(LogRotation.isEarlier(name, of: "api.log") == isEarlier)
  }

  @Test(.timeLimit(.minutes(1)))
  func whatIsNoRegularFileIsRefused() throws {
    let folder = try LogFolder()
    #expect(mkfifo(folder.file("fifo"), 0o600) == 0)
    #expect(try reason(folder.file("fifo")).contains("is a FIFO"))
    #expect(try reason("/dev/zero").contains("is a device"))
    #expect(try reason(folder.path).contains("is a directory"))
    #expect(try reason(folder.file("none.log")).contains("does not exist"))
    #expect(try reason(folder.file("none/api.log")).contains("The folder \(folder.file("none"))"))
    try folder.write("empty.log", "")
    #expect(try reason(folder.file("empty.log")).contains("is empty"))
    try Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 37) }).write(
      to: URL(fileURLWithPath: folder.file("a.bin")))
    #expect(try reason(folder.file("a.bin")).contains("holds no text"))
  }

  @Test func linesOfMegabytesEndTheLookInTime() throws {
    let folder = try LogFolder()
    let long = String(repeating: "x", count: 3 << 20)
    let text = lines(50, from: moment - 50_000) + long + "\n" + lines(50, from: moment) + long
    let path = try folder.write("api.log", text, written: moment + 50_000)
    let seen = LogFileLook.look(path: path, moment: moment, machineOffset: 0)
    #expect(try #require(seen.value).readBytes <= LogFileLook.bytesMax)
  }

  @Test func aLogThatEndedLongBeforeShowsItsEnd() throws {
    let folder = try LogFolder()
    let path = try folder.write(
      "api.log", lines(100, from: moment - 7_300_000) + "Killed\n", written: moment - 7_200_000)
    let seen = try seen(path)
    #expect(seen.lines.count >= 40)
    #expect(seen.notes.map(\.kind) == [.killed])
    #expect(seen.notes.first?.linesAfter == 0)
  }
}
