import SluiceCore
import SluiceGateway
import SluiceIncidents
import SluiceWire
import Testing

@Suite struct WorkerLogTests {
  private func write(_ count: Int, to log: inout WorkerLog) {
    let block = Array("GET/path".utf8)
    var record = ExchangeRecord()
    record.method = ByteRange(0, 3)
    record.path = ByteRange(3, 8)
    let attempts: [AttemptRecord] = []
    for _ in 0..<count { log.write(record, attempts: attempts.span, head: block.span.bytes, names: RecordNames()) }
  }

  @Test func linesReachTheFileWithATickOrAFullBlock() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/access.log"
    let sink = try LogSink(.file(path: path))
    var log = WorkerLog(sink: sink)
    write(3, to: &log)
    #expect(sink.counters.writtenBytes == 0 && sink.counters.queuedBytes == 0)
    log.flush()
    write(1000, to: &log)
    log.flush()
    #expect(sink.stop(within: .seconds(10)))
    let lines = contents(path).split(separator: 0x0A)
    #expect(lines.count == 1003)
    for line in lines { #expect(try AccessLogDecoder().decode(Array(line)).path == "/path") }
  }

  @Test func aBlockThatIsDroppedCountsItsLines() throws {
    let folder = try TemporaryFolder()
    let sink = try LogSink(.file(path: "\(folder.path)/access.log"), queueBytesMax: 1)
    var log = WorkerLog(sink: sink)
    write(7, to: &log)
    log.flush()
    #expect(sink.counters.droppedLines == 7)
    sink.stop(within: .seconds(1))
  }

  @Test func withoutASinkNothingIsKept() {
    var log = WorkerLog()
    write(10, to: &log)
    log.flush()
    #expect(!log.isOn)
  }

  @Test func failuresAreToldUpToTheLimitAndThenCounted() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/error.log"
    let sink = try LogSink(.file(path: path))
    let log = FailureLog(sink: sink)
    var record = ExchangeRecord()
    let attempts: [AttemptRecord] = []
    let head: [UInt8] = []
    let start = Instant(nanoseconds: 0)
    log.tell(record, attempts: attempts.span, head: head.span.bytes, names: RecordNames(), at: start)
    record.cause = .connectRefused
    for _ in 0..<30 {
      log.tell(record, attempts: attempts.span, head: head.span.bytes, names: RecordNames(), at: start)
    }
    log.tick(at: start + .seconds(2))
    #expect(sink.stop(within: .seconds(10)))
    let lines = contents(path).split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    #expect(lines.count == 11)
    #expect(lines.last == "20 more of connect_refused within a second")
  }
}
