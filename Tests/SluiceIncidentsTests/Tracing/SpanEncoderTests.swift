import SluiceCore
import SluiceWire
import Testing

@testable import SluiceIncidents

/// The bytes; that others read them is shown by the collector of the integration tests.
@Suite struct SpanEncoderTests {
  private static let context = TraceContext(
    trace: TraceID(high: 1, low: 2), span: 3, parent: 4, flags: [.sampled, .random])
  private static let names = SpanNames(
    routes: [.init(name: "api.example.com/v1", path: "/v1")],
    upstreams: [
      .init(
        name: "api",
        endpoints: [
          .init(url: "http://127.0.0.1:3000", address: "127.0.0.1", port: 3000, isSecure: false),
          .init(url: "https://app.test:3001", address: "app.test", port: 3001, isSecure: true),
        ])
    ])

  private func encode(_ sample: Sample, _ place: SpanEncoder.Place, bytes: inout [UInt8]) -> Int {
    var encoder = SpanEncoder()
    return encoder.encode(
      sample.record, place, attempts: sample.attempts.span, head: sample.block.span.bytes, names: Self.names,
      into: &bytes)
  }

  private func encode(_ sample: Sample, _ place: SpanEncoder.Place = .init(context: context)) -> [[UInt8]] {
    var bytes: [UInt8] = []
    let count = encode(sample, place, bytes: &bytes)
    var spans: [[UInt8]] = []
    var rest = bytes[...]
    while rest.popFirst() == 0x12, let length = number(&rest) {
      spans.append(Array(rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
    #expect(spans.count == count && rest.isEmpty)
    return spans
  }

  private func number(_ rest: inout ArraySlice<UInt8>) -> Int? {
    var (number, shift) = (0, 0)
    while let byte = rest.popFirst() {
      number |= Int(byte & 0x7F) << shift
      shift += 7
      if byte < 0x80 { return number }
    }
    return nil
  }

  @Test func anExchangeBeginsWithItsIDs() throws {
    let span = try #require(encode(Sample()).first)
    let ids: [UInt8] =
      [0x0A, 16, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2] + [0x12, 8, 0, 0, 0, 0, 0, 0, 0, 3]
      + [0x22, 8, 0, 0, 0, 0, 0, 0, 0, 4] + [0x30, 2]
    #expect(Array(span.prefix(ids.count)) == ids)
    // 1_790_000_000_123 ms, and 1234 µs later.
    let began = UInt64(1_790_000_000_123) * 1_000_000
    let times = [0x39] + little(began) + [0x41] + little(began + 1_234_000)
    #expect(Array(span.dropFirst(ids.count).prefix(times.count)) == times)
    // The flags of the context, and that the parent is another process's.
    #expect(Array(span.dropFirst(ids.count + times.count).prefix(6)) == [0x85, 0x01, 0x03, 0x03, 0x00, 0x00])
  }

  private func little(_ number: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }

  @Test func attemptsAreSpansOfTheirOwn() {
    var sample = Sample()
    sample.refused()
    sample.attempts.append(AttemptRecord())
    let spans = encode(sample)
    #expect(spans.count == 3)
    #expect(
      contains(spans[1], "connect_refused") && contains(spans[1], "app.test") && contains(spans[1], "ECONNREFUSED"))
    #expect(contains(spans[2], "sluice.retry.reason") && !contains(spans[1], "sluice.retry.reason"))
  }

  @Test func onlyTheFirstAttemptsBecomeSpans() {
    var sample = Sample()
    sample.attempts = Array(repeating: AttemptRecord(), count: 40)
    #expect(encode(sample).count == 1 + SpanEncoder.attemptsMax)
  }

  /// The longest texts and the most attempts that there are.
  @Test func spansAreBounded() {
    var sample = Sample()
    let long = sample.text(Array(repeating: 0xFF, count: 60_000))
    sample.record.path = long
    sample.record.host = long
    sample.record.query = long
    sample.record.userAgent = long
    sample.record.method = long
    sample.attempts = Array(repeating: AttemptRecord(), count: 40)
    var place = SpanEncoder.Place(context: Self.context)
    place.traceState = Array(repeating: 0x61, count: SpanEncoder.traceStateBytesMax)
    var bytes: [UInt8] = []
    _ = encode(sample, place, bytes: &bytes)
    #expect(bytes.count < 64 << 10)
  }

  @Test func anExchangeWithoutAHeadIsASpanAllTheSame() throws {
    var sample = Sample()
    sample.record = ExchangeRecord()
    sample.record.status = 400
    sample.record.cause = .requestNotHttp
    sample.record.wallTime = 5
    let spans = encode(sample)
    #expect(spans.count == 1)
    #expect(contains(try #require(spans.first), "request_not_http") && contains(spans[0], "HTTP"))
    // A client's mistake is no error of the gateway.
    #expect(!contains(spans[0], Cause.requestNotHttp.publicSentence))
  }

  @Test(
    arguments: [
      ("a.test", "a.test", nil), ("a.test:81", "a.test", 81), ("[::1]:81", "::1", 81), ("[::1]", "::1", nil),
      ("a.test:", "a.test", nil), ("a.test:99999", "a.test", nil), ("[::1", nil, nil), ("", nil, nil),
    ] as [(String, String?, Int?)])
  func hosts(host: String, address: String?, port: Int?) throws {
    var sample = Sample()
    sample.record.host = sample.text(host)
    let span = try #require(encode(sample).first)
    #expect(contains(span, "server.port") == (port != nil))
    if let address {
      var attribute = ProtobufWriter()
      attribute.attribute(9, "server.address", text: address.utf8)
      #expect(contains(span, attribute.bytes))
    }
  }

  private func contains(_ span: [UInt8], _ text: String) -> Bool { contains(span, Array(text.utf8)) }

  private func contains(_ span: [UInt8], _ bytes: [UInt8]) -> Bool { span.firstRange(of: bytes) != nil }
}
