import Logging
import SluiceCore
import Synchronization
import Testing

@testable import SluiceGateway

@Suite struct OpeningLogTests {
  private static let facts = OpeningLog.Facts(
    client: .v4(192, 0, 2, 7, port: 5555), listener: "0.0.0.0:443", name: "a.test\r\nforged: line", detail: nil)

  @Test func aLineSaysWhoWhereAndWhy() {
    let lines = Lines()
    OpeningLog(lines.logger).tell(.versionMismatch, Self.facts, at: Instant(nanoseconds: 0))
    #expect(
      lines.all == [
        "version_mismatch: client 192.0.2.7:5555, listener 0.0.0.0:443, asked for a.test??forged: line: "
          + "the client speaks no version of TLS that this listener does"
      ])
  }

  @Test func aStormOfOneReasonLeavesRoomForTheOthers() {
    let lines = Lines()
    let log = OpeningLog(lines.logger)
    var now = Instant(nanoseconds: 0)
    for _ in 0..<1000 { log.tell(.closed, Self.facts, at: now) }
    #expect(lines.all.count == LineBudget.linesPerSecondMax)
    log.tell(.timeout, Self.facts, at: now)
    #expect(lines.all.count == LineBudget.linesPerSecondMax + 1)
    now = now + .seconds(1)
    log.tell(.closed, Self.facts, at: now)
    #expect(lines.all.last?.hasSuffix("(995 more before)") == true)
    log.tell(.closed, Self.facts, at: now)
    #expect(lines.all.last?.contains("more before") == false)
  }

  @Test func everyReasonHasAnIdentifierOfItsOwn() {
    let identifiers = OpeningFailure.allCases.map { "\($0.identifier)" }
    #expect(Set(identifiers).count == identifiers.count)
    #expect(OpeningFailure.allCases.enumerated().allSatisfy { Int($0.element.rawValue) == $0.offset })
  }
}

private final class Lines: Sendable {
  private let lines = Mutex<[String]>([])
  var all: [String] { lines.withLock { $0 } }
  var logger: Logger { Logger(label: "test") { _ in Handler(lines: self) } }

  private struct Handler: LogHandler {
    let lines: Lines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    init(lines: Lines) { self.lines = lines }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { lines.lines.withLock { $0.append("\(event.message)") } }
  }
}
