import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("Forms of times")
struct TimeFormTests {
  @Test(
    "are read",
    arguments: [
      (TimeForm.commonLog, "26/Nov/2026:20:00:00.250 +0100", 1_795_719_600_250 as Int64, 3600 as Int?),
      (.commonLog, "26/Nov/2026:20:00:00", 1_795_723_200_000 - 0, nil),
      (.iso, "2026-11-26T20:00:00.123Z", 1_795_723_200_123, 0),
      (.slashes, "2026/11/26 20:00:00", 1_795_723_200_000, nil),
      (.ctime, "Thu Nov 26 20:00:00.123456 2026", 1_795_723_200_123, nil),
      (.epochSeconds, "1795723200.123", 1_795_723_200_123, 0),
      (.epochMilliseconds, "1795723200123", 1_795_723_200_123, 0),
      (.epochMicroseconds, "1795723200123456", 1_795_723_200_123, 0),
    ])
  func read(form: TimeForm, text: String, expected: Int64, offset: Int?) {
    let bytes = Array(text.utf8)
    let time = form.time(bytes.span.bytes, 0..<bytes.count)
    #expect(time?.offset == offset)
    #expect(time.map { $0.civil - Int64($0.offset ?? 0) * 1000 } == expected)
  }

  @Test("numbers that are no times are refused", arguments: ["", "x", "-1", "nan", "inf", "1e300"])
  func refused(text: String) {
    let bytes = Array(text.utf8)
    #expect(TimeForm.epochSeconds.time(bytes.span.bytes, 0..<bytes.count) == nil)
    #expect(TimeForm.iso.time(bytes.span.bytes, 0..<bytes.count) == nil)
  }
}
