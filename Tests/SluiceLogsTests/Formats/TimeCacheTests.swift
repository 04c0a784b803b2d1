import Testing

@testable import SluiceLogs

@Suite("Times of lines that follow each other")
struct TimeCacheTests {
  private func time(
    _ cache: inout TimeCache, _ text: String, _ form: TimeForm, zone: LogZone = .fixed(seconds: 0),
    reference: Int64 = 1_795_800_000_000
  ) -> Int64? {
    let bytes = Array(text.utf8)
    return cache.time(bytes.span.bytes, 0, bytes.count, form, zone, reference: reference)
  }

  private static let base: Int64 = 1_795_723_200_000

  @Test("are the same whether or not the minute before was the same")
  func sequence() {
    var cache = TimeCache()
    let texts: [(String, TimeForm, Int64)] = [
      ("26/Nov/2026:20:00:00 +0000", .commonLog, 0), ("26/Nov/2026:20:00:59 +0000", .commonLog, 59_000),
      ("26/Nov/2026:20:00:59.250 +0000", .commonLog, 59_250), ("26/Nov/2026:20:01:00 +0000", .commonLog, 60_000),
      ("26/Nov/2026:20:01:00 +0100", .commonLog, -3_540_000), ("26/Nov/2026:20:01:01 -0030", .commonLog, 1_861_000),
      ("26/Nov/2026:20:01:01", .commonLog, 61_000), ("26/Nov/2026:20:00:01.5", .commonLog, 1500),
      ("2026-11-26T20:00:01Z", .iso, 1000), ("2026-11-26T20:00:02.123456Z", .iso, 2123),
      ("2026-11-26 20:00:03,5", .iso, 3500), ("2026-11-26T20:00:03+02:00", .iso, -7_197_000),
      ("2026/11/26 20:00:04", .slashes, 4000), ("2026/11/26 20:00:05", .slashes, 5000),
      ("Thu Nov 26 20:00:06.123456 2026", .ctime, 6123), ("Thu Nov 26 20:00:07.0 2026", .ctime, 7000),
      ("Nov 26 20:00:08", .syslog, 8000), ("Nov 26 20:00:09", .syslog, 9000),
      ("1795723210.5", .epochSeconds, 10_500), ("1795723211500", .epochMilliseconds, 11_500),
      ("1795723212500000", .epochMicroseconds, 12_500), ("1.795723213e9", .epochSeconds, 13_000),
    ]
    for _ in 0..<2 {
      for (text, form, after) in texts {
        #expect(time(&cache, text, form) == Self.base + after, "\(text)")
        var fresh = TimeCache()
        #expect(time(&fresh, text, form) == Self.base + after, "\(text)")
      }
    }
  }

  @Test("that are none are refused, also behind one that was", arguments: ["26/Nov/2026:20:00:xx", "26/Nov", "", "-"])
  func refused(text: String) {
    var cache = TimeCache()
    #expect(time(&cache, "26/Nov/2026:20:00:00", .commonLog) == Self.base)
    #expect(time(&cache, text, .commonLog) == nil)
    #expect(time(&cache, "26/Nov/2026:20:00:01", .commonLog) == Self.base + 1000)
  }

  @Test("the zone counts where no offset is told")
  func zones() {
    var cache = TimeCache()
    #expect(time(&cache, "2026/11/26 20:00:00", .slashes, zone: .fixed(seconds: 3600)) == Self.base - 3_600_000)
    #expect(time(&cache, "2026/11/26 20:00:00", .slashes, zone: .fixed(seconds: -60)) == Self.base + 60_000)
    #expect(time(&cache, "26/Nov/2026:20:00:00 +0000", .commonLog, zone: .fixed(seconds: -60)) == Self.base)
  }

  @Test("a year that is not told is the last that fits, whatever the line before")
  func years() {
    var cache = TimeCache()
    #expect(time(&cache, "Nov 26 20:00:00", .syslog, reference: Self.base + 1000) == Self.base)
    #expect(time(&cache, "Nov 26 20:00:00", .syslog, reference: Self.base - 200_000_000) == 1_764_187_200_000)
    #expect(time(&cache, "Dec 31 23:59:59", .syslog, reference: 1_798_765_200_000) == 1_798_761_599_000)
  }

  @Test("a second beyond 60 is no time, whatever the line before told")
  func beyondTheMinute() {
    var cache = TimeCache()
    #expect(time(&cache, "26/Nov/2026:20:00:60 +0000", .commonLog) != nil)
    #expect(time(&cache, "26/Nov/2026:20:00:61 +0000", .commonLog) == nil)
  }

  @Test(
    "one changed letter behind the minute never makes another time of it",
    arguments: [
      ("26/Nov/2026:20:00:05.123", TimeForm.commonLog), ("26/Nov/2026:20:00:05 +0000", .commonLog),
      ("2026-11-26T20:00:05.123Z", .iso), ("2026-11-26T20:00:05Z", .iso), ("2026/11/26 20:00:05", .slashes),
      ("Nov 26 20:00:05", .syslog),
    ])
  func changed(text: String, form: TimeForm) {
    let letters = (0x20...0x7E).map { UInt8($0) } + [0x00, 0x80, 0xB0, 0xFF]
    for place in 12..<text.utf8.count {
      for letter in letters {
        var bytes = Array(text.utf8)
        bytes[place] = letter
        var (cache, fresh) = (TimeCache(), TimeCache())
        #expect(time(&cache, text, form) != nil)
        let zone = LogZone.fixed(seconds: 0)
        let known = cache.time(bytes.span.bytes, 0, bytes.count, form, zone, reference: 1_795_800_000_000)
        let read = fresh.time(bytes.span.bytes, 0, bytes.count, form, zone, reference: 1_795_800_000_000)
        #expect(known == read, "\(String(decoding: bytes, as: UTF8.self))")
      }
    }
  }
}
