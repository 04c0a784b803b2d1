import SluiceCore
import SluiceIncidents
import SluiceWire

/// A record over a head block that grows as texts are given.
struct Sample {
  var record = ExchangeRecord()
  var attempts: [AttemptRecord] = []
  var block: [UInt8] = []
  var names = RecordNames(
    listeners: [.init(name: "127.0.0.1:8080", scheme: "http")],
    routes: ["api.example.com/v1"],
    upstreams: [.init(name: "api", endpoints: ["http://127.0.0.1:3000", "http://127.0.0.1:3001"])])

  init() {
    record.id = ExchangeID(milliseconds: 1_790_000_000_123, random: 7, more: 9)
    record.wallTime = 1_790_000_000_123
    record.startedAt = Instant(nanoseconds: 0)
    record.client = .v4(192, 0, 2, 7, port: 5555)
    record.route = 0
    record.upstream = 0
    record.status = 200
    record.phase = .done
    record.bytesIn = 120
    record.bytesOut = 5120
    record.total = .microseconds(1234)
    record.method = text("GET")
    record.host = text("api.example.com")
    record.path = text("/v1/orders")
  }

  mutating func text(_ string: String) -> ByteRange { text(Array(string.utf8)) }

  mutating func text(_ bytes: [UInt8]) -> ByteRange {
    let start = block.count
    block.append(contentsOf: bytes)
    return ByteRange(start, block.count)
  }

  mutating func refused() {
    record.status = 502
    record.cause = .connectRefused
    record.phase = .connect
    record.isGenerated = true
    record.notRetriedBecause = .noOtherEndpoint
    var attempt = AttemptRecord()
    attempt.endpoint = EndpointID(upstream: 0, endpoint: 1)
    attempt.address = .v4(127, 0, 0, 1, port: 3001)
    attempt.cause = .connectRefused
    attempt.phase = .connect
    attempt.systemError = 111
    attempt.startedAt = Instant(nanoseconds: 42_000)
    attempt.connect = 87
    attempts = [attempt]
  }

  func line(_ query: QueryDetail = .names) -> [UInt8] {
    var encoder = AccessLogEncoder(query: query)
    var line: [UInt8] = []
    encoder.encode(record, attempts: attempts.span, head: block.span.bytes, names: names, into: &line)
    return line
  }

  func stored(_ query: QueryDetail = .names) throws -> StoredRecord { try AccessLogDecoder().decode(line(query)) }

  func failureLine() -> String {
    var line: [UInt8] = []
    FailureLine.append(record, attempts: attempts.span, head: block.span.bytes, names: names, to: &line)
    return String(decoding: line, as: UTF8.self)
  }
}
