import SluiceCore
import SluiceIncidents
import SluiceWire
import Testing

@Suite struct AccessLogTests {
  @Test func aHappyExchangeIsReadBackAsItWas() throws {
    var sample = Sample()
    sample.record.userAgent = sample.text("curl/8.0")
    sample.record.clientRequestID = sample.text("abc-1")
    let stored = try sample.stored()
    #expect(stored.time == "2026-09-21T14:13:20.123Z")
    #expect(stored.id == sample.record.id.description)
    #expect(stored.client == "192.0.2.7:5555")
    #expect(stored.listener == "127.0.0.1:8080")
    #expect(stored.httpVersion == "HTTP/1.1")
    #expect(stored.method == "GET")
    #expect(stored.scheme == "http")
    #expect(stored.host == "api.example.com")
    #expect(stored.path == "/v1/orders")
    #expect(stored.status == 200)
    #expect(stored.bytesIn == 120)
    #expect(stored.bytesOut == 5120)
    #expect(stored.route == "api.example.com/v1")
    #expect(stored.upstream == "api")
    #expect(stored.phase == "done")
    #expect(stored.totalMs == 1.234)
    #expect(stored.userAgent == "curl/8.0")
    #expect(stored.clientRequestId == "abc-1")
    #expect(stored.cause == nil && stored.who == nil && stored.isAborted == nil && stored.isGenerated == nil)
  }

  @Test func theTraceIsReadBack() throws {
    var sample = Sample()
    #expect(try sample.stored().traceId == nil)
    sample.record.traceParent = sample.text("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
    #expect(try sample.stored().traceId == "0af7651916cd43dd8448eb211c80319c", "the one that the client named")
    sample.record.trace = TraceID(high: 1, low: 0xAB)
    #expect(try sample.stored().traceId == "000000000000000100000000000000ab", "the one that the gateway takes part in")
    sample.record.trace = .none
    sample.record.traceParent = sample.text("00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01")
    #expect(try sample.stored().traceId == nil)
    sample.record.traceParent = ByteRange(4, 4000)
    #expect(try sample.stored().traceId == nil)
  }

  @Test func theVersionOfTLSIsReadBack() throws {
    var sample = Sample()
    #expect(try sample.stored().tls == nil)
    sample.record.tls = .tls12
    #expect(try sample.stored().tls == "TLSv1.2")
    sample.record.tls = .tls13
    #expect(try sample.stored().tls == "TLSv1.3")
  }

  @Test func aFailedAttemptIsReadBackAsItWas() throws {
    var sample = Sample()
    sample.refused()
    let stored = try sample.stored()
    #expect(stored.status == 502)
    #expect(stored.cause == "connect_refused")
    #expect(stored.who == Cause.connectRefused.owner.identifier)
    #expect(stored.notRetriedBecause == "no_other_endpoint")
    #expect(stored.isGenerated == true)
    let attempt = try #require(stored.attempts?.first)
    #expect(attempt.endpoint == "http://127.0.0.1:3001")
    #expect(attempt.address == "127.0.0.1:3001")
    #expect(attempt.errno == "ECONNREFUSED")
    #expect(attempt.startMs == 0.042)
    #expect(attempt.connectMs == 0.087)
    #expect(attempt.queueMs == nil && attempt.isReused == nil && attempt.status == nil)
  }

  @Test func aReusedConnectionSaysItsAgeAndUses() throws {
    var sample = Sample()
    var attempt = AttemptRecord()
    attempt.isReused = true
    attempt.connectionAge = 1500
    attempt.connectionIdle = 400
    attempt.connectionUses = 12
    attempt.bytesSent = .max
    attempt.status = 204
    sample.attempts = [attempt]
    let stored = try #require(try sample.stored().attempts?.first)
    #expect(stored.isReused == true)
    #expect(stored.ageMs == 1500)
    #expect(stored.idleMs == 400)
    #expect(stored.uses == 12)
    #expect(stored.bytesSent == .max)
    #expect(stored.status == 204)
  }

  @Test("How an endpoint was chosen is told where it was not simply available", arguments: PickAccess.allCases)
  func access(_ access: PickAccess) throws {
    var sample = Sample()
    var attempt = AttemptRecord()
    attempt.access = access
    sample.attempts = [attempt, AttemptRecord()]
    let stored = try sample.stored()
    #expect(stored.attempts?.map(\.pick) == [access == .usual ? nil : "\(access.identifier)", nil])
    #expect(stored.isPanicMode == (access == .panic ? true : nil))
  }

  @Test func anExchangeWithoutAHeadIsALineAllTheSame() throws {
    var sample = Sample()
    sample.record = ExchangeRecord()
    sample.record.cause = .requestNotHttp
    sample.record.rule = .notHTTP
    sample.block = []
    let stored = try sample.stored()
    #expect(stored.method == nil && stored.httpVersion == nil && stored.client == nil && stored.route == nil)
    #expect(stored.rule == WireRule.notHTTP.identifier)
  }

  @Test(arguments: [
    (Array("/a\"b\\c\n\r\t\u{1}\u{7f}".utf8), "/a\"b\\c\n\r\t\u{1}\u{7f}"),
    (Array("/grün/日本/🙂".utf8), "/grün/日本/🙂"),
    ([0x2F, 0xFF, 0xFE], "/ÿþ"),
    ([0x2F, 0xC3], "/Ã"),
    ([0x2F, 0xED, 0xA0, 0x80], "/í\u{a0}\u{80}"),
    ([0x2F, 0xC0, 0xAF], "/À¯"),
    ([0xC2, 0x85], "\u{85}"),
  ])
  func oddBytesStayOnOneLineOfValidJSON(bytes: [UInt8], expected: String) throws {
    var sample = Sample()
    sample.record.path = sample.text(bytes)
    let line = sample.line()
    #expect(String(validating: line, as: UTF8.self) != nil)
    #expect(line.filter { $0 == 0x0A }.count == 1 && line.last == 0x0A)
    #expect(!line.dropLast().contains { $0 < 0x20 || $0 == 0x7F })
    #expect(try sample.stored().path == expected)
  }

  @Test func everyByteAtEveryOffsetOfAWordIsEscapedOrPlain() throws {
    for byte in UInt8.min...UInt8.max {
      for offset in 0..<9 {
        var bytes = [UInt8](repeating: 0x61, count: 17)
        bytes[offset] = byte
        var sample = Sample()
        sample.record.path = sample.text(bytes)
        let expected = String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        #expect(try sample.stored().path == expected)
      }
    }
  }

  @Test(arguments: [
    ("?token=abc&page=2", "token&page"), ("a=1&b&c=", "a&b&c"), ("a=b=c&=x", "a&"), ("a&&b", "a&&b"), ("=secret", ""),
  ])
  func aQueryIsKeptAsNamesUnlessToldOtherwise(query: String, names: String) throws {
    var sample = Sample()
    sample.record.query = sample.text(query)
    _ = sample.text("&after=the-range")
    #expect(try sample.stored().query == names)
    #expect(try sample.stored(.full).query == query)
  }

  @Test func longTextsAreCutAtACharacterAndSaySo() throws {
    var sample = Sample()
    sample.record.userAgent = sample.text(String(repeating: "é", count: 4000))
    sample.record.path = sample.text([UInt8](repeating: 0x01, count: 60_000))
    sample.record.query = sample.text([UInt8](repeating: 0x02, count: 60_000))
    sample.attempts = Array(repeating: AttemptRecord(), count: 40)
    let stored = try sample.stored()
    #expect(stored.userAgent == String(repeating: "é", count: 512) + "…")
    #expect(stored.path?.unicodeScalars.count == AccessLogEncoder.targetBytesMax + 1)
    #expect(stored.query?.unicodeScalars.count == AccessLogEncoder.targetBytesMax + 1)
    #expect(stored.attempts?.count == AccessLogEncoder.attemptsMax)
  }

  @Test func aRangeOutsideOfTheHeadIsWrittenAsFarAsItIsInside() throws {
    var sample = Sample()
    sample.block = Array("GET".utf8)
    sample.record.path = ByteRange(1, 900)
    sample.record.query = ByteRange(700, 900)
    sample.record.host = ByteRange(700, 900)
    #expect(try sample.stored().path == "ET")
    #expect(sample.failureLine().isEmpty)
  }

  @Test func linesFollowEachOtherInOneBuffer() throws {
    let sample = Sample()
    var encoder = AccessLogEncoder()
    var buffer: [UInt8] = []
    for _ in 0..<3 {
      encoder.encode(
        sample.record, attempts: sample.attempts.span, head: sample.block.span.bytes, names: sample.names,
        into: &buffer)
    }
    let lines = buffer.split(separator: 0x0A)
    #expect(lines.count == 3)
    for line in lines { #expect(try AccessLogDecoder().decode(Array(line)) == sample.stored()) }
  }

  @Test func everyCausePhaseAndExtremeNumberFitsTheLine() throws {
    for cause in Cause.allCases {
      for phase in Phase.allCases {
        var sample = Sample()
        sample.names = RecordNames(
          listeners: [.init(name: String(repeating: "\u{1}", count: 999), scheme: "https")],
          routes: [String(repeating: "\"", count: 999)],
          upstreams: [.init(name: String(repeating: "ü", count: 999), endpoints: [String(repeating: "e", count: 999)])])
        sample.record.cause = cause
        sample.record.rule = .contentLengthWithTransferEncoding
        sample.record.phase = phase
        sample.record.notRetriedBecause = .bodyNotBuffered
        sample.record.bytesIn = .max
        sample.record.bytesOut = .max
        sample.record.total = .unlimited
        var attempt = AttemptRecord()
        attempt.endpoint = EndpointID(upstream: 0, endpoint: 0)
        attempt.address = .v6(high: 0x2001_0db8_1111_2222, low: 0x3333_4444_5555_6666, port: 65535)
        attempt.cause = cause
        attempt.phase = phase
        attempt.systemError = .min
        attempt.startedAt = Instant(nanoseconds: .max - 1)
        attempt.queue = .max
        attempt.resolve = .max
        attempt.connect = .max
        attempt.tls = .max
        attempt.send = .max
        attempt.firstByte = .max
        attempt.receive = .max
        attempt.isReused = true
        attempt.connectionAge = .max
        attempt.connectionUses = .max
        attempt.bytesSent = .max
        attempt.bytesReceived = .max
        attempt.status = .max
        sample.attempts = Array(repeating: attempt, count: AccessLogEncoder.attemptsMax)
        #expect(try sample.stored().attempts?.last?.cause == cause.identifier)
        #expect(sample.failureLine().hasSuffix("id \(sample.record.id)\n"))
      }
    }
  }

  @Test func aLineThatIsNoRecordIsRefused() {
    #expect(throws: AccessLogDecoder.Fault.notARecord) { try AccessLogDecoder().decode(Array("{}".utf8)) }
    let long = [UInt8](repeating: 0x20, count: AccessLogDecoder.lineBytesMax + 1)
    #expect(throws: AccessLogDecoder.Fault.tooLong(bytes: long.count)) { try AccessLogDecoder().decode(long) }
  }
}
