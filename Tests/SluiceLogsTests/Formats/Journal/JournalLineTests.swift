import SluiceCore
import Testing

@testable import SluiceLogs

@Suite("Exports of the journal")
struct JournalLineTests {
  private static let message =
    "2026/11/26 20:00:00.000\t\u{1B}[31mERROR\u{1B}[0m\thttp.log.error\tEOF\t{\"status\": 502}"

  private func object(_ bytes: String) -> String {
    """
    {"__CURSOR":"s=1","__REALTIME_TIMESTAMP":"1795723260000000","_HOSTNAME":"a","SYSLOG_IDENTIFIER":"caddy",\
    "_PID":"77","MESSAGE" : [\(bytes)],"PRIORITY":"6"}
    """
  }

  @Test("a message of bytes is read by the format of the program")
  func bytes() throws {
    let text = object(Self.message.utf8.map { "\($0)" }.joined(separator: ", "))
    let entry = try #require(LogFormatTable.standard.entry(ofLine: text))
    #expect(entry.product == .caddy)
    #expect(entry.conclusion?.cause == .closedBeforeResponse)
    #expect(entry.process == 77)
    #expect(entry.time == 1_795_723_260_000)
  }

  @Test("bytes that are none are no message", arguments: ["256", "-1", "a", "1,,2x", "[1]"])
  func wrong(bytes: String) {
    let message = Self.message.utf8.map { "\($0)" }.joined(separator: ", ")
    #expect(LogFormatTable.standard.entry(ofLine: object("\(message), \(bytes)")) == nil)
  }

  @Test("a line of an export holds the message alone; what else it holds is known")
  func export() throws {
    let entry = try #require(LogFormatTable.standard.entry(ofLine: "MESSAGE=\(Self.message)"))
    #expect(entry.conclusion?.cause == .closedBeforeResponse)
    for line in ["__REALTIME_TIMESTAMP=1795723260000000", "_PID=77", "SYSLOG_IDENTIFIER=caddy", "PRIORITY=6"] {
      let recognised = try #require(LogFormatTable.standard.recognise(line))
      #expect(recognised.format == "journal-export")
      #expect(recognised.entry == nil)
    }
    #expect(LogFormatTable.standard.entry(ofLine: "MESSAGE=MESSAGE=MESSAGE=\(Self.message)") == nil)
  }
}
