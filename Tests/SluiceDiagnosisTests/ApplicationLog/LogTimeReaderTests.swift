import Testing

@testable import SluiceDiagnosis

/// 2026-11-26 17:12:11 UTC.
let aMoment: Int64 = 1_795_713_131_000

@Suite struct LogTimeReaderTests {
  /// In a log of which the lines that tell no offset were written in UTC.
  private func time(_ line: String, offset: Int64 = 0) -> Int64? {
    LogTimeReader.time(of: Array(line.utf8)[...]).map {
      LogClock(offset: offset, reference: aMoment + 3_600_000).unixMilliseconds($0)
    }
  }

  @Test(arguments: [
    "2026-11-26T17:12:11Z GET /",
    "2026-11-26T18:12:11+01:00 INFO",
    "2026-11-26 12:12:11 -0500 [7]",
    "2026-11-26 17:12:11+00 LOG:  checkpoint",
    "2026-11-26T17:12:11+0000 info",
    "[2026-11-26 17:12:11 +0000] [123] [CRITICAL] WORKER TIMEOUT (pid:124)",
    "2026/11/26 17:12:11 http: panic serving 127.0.0.1:4711: boom",
    "2026/11/26 17:12:11 [error] 31#31: *7 connect() failed",
    "Nov 26 17:12:11 host app[123]: started",
    "<14>Nov 26 17:12:11 host app: started",
    "192.0.2.7 - - [26/Nov/2026:17:12:11 +0000] \"GET / HTTP/1.1\" 200 2",
    "[26-Nov-2026 17:12:11 UTC] PHP Fatal error:  Uncaught",
    "26-Nov-2026 17:12:11 INFO [main] org.apache.catalina",
    "Nov 26, 2026 5:12:11 PM org.apache.catalina.core.StandardService startInternal",
    "[Thu Nov 26 17:12:11 2026] [core:notice] [pid 7] AH00094",
    "7:M 26 Nov 2026 17:12:11 * Ready to accept connections",
    "web-1  | 2026-11-26T17:12:11Z hello",
    "\u{1B}[2m2026-11-26T17:12:11Z\u{1B}[0m  INFO app: listening",
    "  2026-11-26T17:12:11Z  INFO app: listening",
    "time=\"2026-11-26T17:12:11Z\" level=error msg=\"no\"",
    "INFO: 2026-11-26 17:12:11 ready",
    "1795713131 started", "1795713131000 started",
    #"{"level":50,"time":1795713131000,"msg":"no"}"#,
    #"{"level":"error","ts":1795713131.000,"msg":"no"}"#,
    #"{"level":"error","ts":1.795713131e+09,"msg":"no"}"#,
    #"{"name":"a","time":"2026-11-26T17:12:11.000Z","v":0}"#,
    #"{"@timestamp":"2026-11-26T18:12:11.000+01:00","message":"a"}"#,
    #"{"timestamp":"2026-11-26T17:12:11Z","level":"ERROR","fields":{"message":"a"}}"#,
    #"{"instant":{"epochSecond":1795713131,"nanoOfSecond":0},"level":"ERROR"}"#,
    #"{"ts":1795713131000000000,"msg":"cut o"#,
  ])
  func theSecondIsRead(line: String) {
    #expect(time(line) == aMoment)
  }

  @Test(arguments: [
    "2026-11-26T17:12:11.123Z x", "2026-11-26 17:12:11,123 - root - ERROR - no", "2026-11-26T17:12:11.123456789Z x",
    "I, [2026-11-26T17:12:11.123456 #123]  INFO -- : started", "26-Nov-2026 17:12:11.123 INFO [main]",
    "I1126 17:12:11.123456   123 main.go:7] started", "2026-11-26 17:12:11.123 +00:00 [INF] Now",
    "2026-11-26 17:12:11.123  INFO 1 --- [main] o.s.b.w.embedded", "[Thu Nov 26 17:12:11.123456 2026] [x]",
    #"{"@t":"2026-11-26T17:12:11.1234567Z","@mt":"no"}"#, #"{"ts":1795713131.123,"msg":"no"}"#,
  ])
  func thousandthsAreRead(line: String) {
    #expect(time(line) == aMoment + 123)
  }

  @Test(arguments: [
    "", "   at a.b(C.java:12)", "ValueError: time data '2020-01-01 00:00:00' does not match",
    "Error: no row since 2020-01-01 00:00:00", "2026-13-01 00:00:00", "2026-02-30 00:00:00", "2026-11-26 25:00:00",
    "12345 requests", "1.2.3.4:8080", "Nov 31 12:00:00 host", "{\"msg\":\"no time\"}", "{}", "{", "{\"", "[26/Nov",
    "E1326 17:12:11.1", "2026-11-26", "took 17:12:11", "17:12:11:13 x", "00:11:22:33:44:55",
  ])
  func whatIsNoTimeIsNone(line: String) {
    #expect(time(line) == nil)
  }

  @Test func aTimeOfDayIsOfTheLastDay() throws {
    var clock = LogClock(offset: 3_600_000, reference: aMoment + 10_000)
    let line = Array("18:12:11.123 [main] INFO  shop - ready".utf8)[...]
    #expect(LogLineReader.time(of: line, clock: clock) == nil)
    clock.takesTimeOfDay = true
    #expect(LogLineReader.time(of: line, clock: clock) == aMoment + 123)
    let later = Array("[18:30:00.000] INFO (7): ready".utf8)[...]
    #expect(LogLineReader.time(of: later, clock: clock) == aMoment + 1_069_000 - 86_400_000)
    let time = try #require(LogTimeReader.time(of: line))
    #expect(LogClock.offset(lastLine: time, written: aMoment + 200, machine: 0) == 3_600_000)
  }

  @Test func anOffsetThatIsNotToldIsTheLogs() {
    #expect(time("2026-11-26 18:12:11,000 x", offset: 3_600_000) == aMoment)
    #expect(time("Nov 26 11:42:11 host app: x", offset: -19_800_000) == aMoment)
    #expect(time("2026-11-26T17:12:11Z x", offset: 3_600_000) == aMoment)
  }

  @Test func aYearThatIsNotToldIsTheOneThatFits() throws {
    let newYear: Int64 = 1_798_761_600_000
    let line = { (text: String) in try #require(LogTimeReader.time(of: Array(text.utf8)[...])) }
    let clock = LogClock(offset: 0, reference: newYear + 1000)
    #expect(clock.unixMilliseconds(try line("Dec 31 23:59:59 h a: x")) == newYear - 1000)
    #expect(clock.unixMilliseconds(try line("Jan  1 00:00:01 h a: x")) == newYear + 1000)
    // 2024 was the last year that had the day.
    #expect(clock.unixMilliseconds(try line("Feb 29 00:00:00 h a: x")) == 1_709_164_800_000)
  }

  @Test func theOffsetIsFoundByTheLastWrite() throws {
    let time = try #require(LogTimeReader.time(of: Array("2026-11-26 22:42:11,500 x".utf8)[...]))
    // 5:30 h east of Greenwich, whatever the zone of the machine.
    #expect(LogClock.offset(lastLine: time, written: aMoment + 900, machine: 3_600_000) == 19_800_000)
    #expect(LogClock.offset(lastLine: time, written: aMoment + 19_800_000, machine: 3_600_000) == 0)
    // The file was touched long after: nothing is told by that.
    #expect(LogClock.offset(lastLine: time, written: aMoment + 300_000, machine: 3_600_000) == 3_600_000)
    #expect(LogClock.offset(lastLine: time, written: aMoment + 86_400_000 * 9, machine: -7_200_000) == -7_200_000)
  }
}
