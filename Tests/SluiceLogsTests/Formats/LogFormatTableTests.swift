import SluiceCore
import Testing

@testable import SluiceLogs

@Suite("The table of formats")
struct LogFormatTableTests {
  private static let format = LogFormat(
    id: "test", product: .other, shape: .template("[{time}] {totalTime} {status} {path}"), time: .iso,
    isTimeOfStart: true,
    accepts: { line, fields in fields.range(.status).map { $0.count == 3 } ?? false },
    isOrdinary: { line, fields in fields.range(.status).map { line.byte(at: $0.lowerBound) < 0x35 } ?? false },
    entry: { values in
      var entry = LogEntry(
        product: .other, kind: .request, place: LinePlace(source: 0, file: 0, line: 0), time: nil, text: "")
      entry.status = values.number(.status).flatMap { UInt16(exactly: $0) }
      entry.totalTime = values.decimal(.totalTime)
      return entry
    })
  private static let table = LogFormatTable([format])

  @Test("a line is recognised, and its time is that of its end")
  func recognised() {
    let line = Self.table.recognise("[1970-01-01T00:00:10Z] 250 502 /")
    #expect(line?.format == "test")
    #expect(line?.isOrdinary == false)
    #expect(line?.entry?.time == 10_250)
    #expect(line?.entry?.status == 502)
    #expect(line?.entry?.text == "[1970-01-01T00:00:10Z] 250 502 /")
    #expect(Self.table.recognise("[1970-01-01T00:00:10Z] 250 200 /")?.isOrdinary == true)
    #expect(Self.table.recognise("[1970-01-01T00:00:10Z] 250 20 /") == nil)
  }

  @Test("names are unique, and every template is one")
  func names() {
    #expect(Set(LogFormat.all.map(\.id)).count == LogFormat.all.count)
    for format in LogFormat.all + [Self.format] {
      if case .template(let template) = format.shape { #expect(!template.parts.isEmpty, "\(format.id)") }
    }
  }

  @Test("every field has its name")
  func fieldNames() {
    #expect(LogField(name: "upstreamResponseTime") == .upstreamResponseTime)
    #expect(LogField(name: "nothing") == nil)
    #expect(LogField.allCases.allSatisfy { LogField(name: $0.name) == $0 && $0.rawValue < 64 })
  }
}
