import SluiceIncidents
import Testing

@testable import SluiceDiagnosis

/// A log is written by anybody: whatever stands in it, reading it ends and gives something that is bounded.
@Suite struct AnyBytesTests {
  /// SplitMix64: the same bytes on each run.
  private struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  private static let parts = [
    "\n", "\n", " ", "\t", "    at ", "\tat a.B.c(D.java:1)", "Caused by: ", "Caused by:",
    "Traceback (most recent call last):",
    "panic: ", "goroutine 1 [running]:", "thread 'main' panicked at ", "Fatal error: ", ".swift:", "Program crashed: ",
    "PHP Fatal error:  Uncaught ", "\tfrom a.rb:1:in 'b'", " ---> ", "[cause]: ", "Error: ", "{\"msg\":\"", "\"time\":",
    "\\u",
    "\\", "\"", "}", "{", "[", "]", "1795713131", "2026-11-26T17:12:11", "+01:00", "Nov 26 17:12:11", "I1126 17:12:11",
    "Z",
    "26/Nov/2026:17:12:11 +0000", "listening on ", ":8080", "port ", "http://[", "password=", "Bearer ", "://a:", "@",
    "\u{1B}[",
    "\u{1B}", "\0", "ü", "\r", "web-1  | ", "host a[1]: ", " HTTP/1.1\" ", "ECONNREFUSED ", "Killed",
    "99999999999999999999",
    "systemd[1]: Started ", "Next ", "#0 ", "0: ", "  | ", "--password ", "eyJhbGciOiJIUzI1NiJ9xxxxxxxxxx",
  ].map { Array($0.utf8) }

  @Test(arguments: 0..<60)
  func anyBytesAreReadToTheirEnd(seed: UInt64) {
    var random = Seeded(state: seed)
    var bytes: [UInt8] = []
    for _ in 0..<400 {
      if Int.random(in: 0..<8, using: &random) == 0 {
        bytes += (0..<Int.random(in: 1..<40, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      } else {
        bytes += Self.parts[Int.random(in: 0..<Self.parts.count, using: &random)]
      }
    }
    let clock = LogClock(offset: 0, reference: aMoment)
    let lines = LogLineReader.lines(of: bytes, isCutAtStart: seed % 2 == 0, clock: clock)
    let seen = ApplicationLogReading.seen(
      source: "a.log", moment: aMoment, lines: lines, isToEnd: seed % 3 == 0, writtenAt: aMoment)
    #expect(seen.lines.count <= LogWindow.linesMax)
    #expect(seen.notes.count <= ApplicationLogReading.notesMax)
    #expect((seen.lines.map(\.text) + seen.notes.map(\.text)).allSatisfy { $0.count <= ApplicationLogReading.textMax })
    let examination = Examination.sample { $0.applicationLog = .value(seen) }
    _ = ApplicationLogConclusions.conclusions(examination)
    #expect(StepReport.of(.applicationLog, in: examination) != nil)
    _ = JournalEntry(bytes[...])
    _ = LogLineReader.times(of: bytes)
  }

  @Test func aThousandFramesAreReadInTime() {
    let frames = String(repeating: "\tat a.B.c(D.java:1)\n", count: 1000)
    let notes = LogSample.notes("java.lang.IllegalStateException: no\n" + frames)
    #expect(notes.first?.text == "java.lang.IllegalStateException: no")
    #expect(notes.count < 10)
  }
}
