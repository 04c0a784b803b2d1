import SluiceCore
import Testing

@testable import SluiceLogs

@Suite("journalctl -o export")
struct JournalExportTests {
  private static func record(_ number: Int, _ message: String, time: Int64? = nil, padding: Int = 0) -> String {
    let stamp = time.map { "__REALTIME_TIMESTAMP=\($0 * 1000)\n" } ?? ""
    return "__CURSOR=s=\(number)\n\(stamp)_HOSTNAME=\(String(repeating: "h", count: padding + 1))\n_PID=77\n"
      + "MESSAGE=\(message)\n\n"
  }

  private static let down = "Server be/s1 is DOWN, reason: Layer4 connection problem, check duration: 0ms."
  private static func request(_ stamp: String) -> String {
    "10.1.1.1:5 [\(stamp)] fe be/s1 1/-1/-1/-1/5 503 212 - - SC-- 1/1/1/1/3 0/0 \"GET / HTTP/1.1\""
  }

  private func scan(_ text: String, blockBytes: Int = 131_072) async throws -> (times: [Int64?], result: LogScanResult)
  {
    var times: [Int64?] = []
    let result = try await LogScanTests.scan(
      [Array(text.utf8)], LogScanTests.options(blockBytes: blockBytes), table: .standard
    ) { times.append($0.time) }
    return (times, result)
  }

  @Test("a message has the time of its record")
  func record() async throws {
    let text =
      Self.record(1, Self.request("26/Nov/2026:09:00:00.000"), time: Made.at(3))
      + Self.record(2, Self.down, time: Made.at(60))
    let (times, result) = try await scan(text)
    #expect(times == [Made.at(3), Made.at(60)])
    #expect(result.logs[0].earliest == Made.at(3) && result.logs[0].latest == Made.at(60))
    #expect(result.lines == 12 && result.blank == 2 && result.recognised == 10)
  }

  @Test("without one it keeps its own, and never has that of the record before")
  func ownTime() async throws {
    let text = Self.record(1, Self.down, time: Made.at(3)) + Self.record(2, Self.request("26/Nov/2026:20:00:09.000"))
    #expect(try await scan(text).times == [Made.at(3), Made.at(9.005)])
  }

  @Test("records are not cut, whatever the blocks are")
  func blocks() async throws {
    let text = (0..<3000).map { Self.record($0, Self.down, time: Made.at(Double($0)), padding: $0 % 97) }.joined()
    let (times, _) = try await scan(text, blockBytes: 66_000)
    #expect(times == (0..<3000).map { Made.at(Double($0)) })
  }
}
