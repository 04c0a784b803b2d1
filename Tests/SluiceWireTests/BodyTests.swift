import SluiceWire
import Testing

@Suite struct BodyTests {
  /// Reads a chunked request body.
  private func chunked(_ body: String, limits: ChunkLimits = ChunkLimits()) -> Reading {
    var reader = MessageReader(role: .request)
    reader.chunkLimits = limits
    return reader.read(Array("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n\(body)".utf8))
  }

  private func string(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// A decoder whose calls can stand in an expectation.
  private final class Decoding {
    private var decoder: BodyDecoder
    private let bytes: [UInt8]
    private(set) var offset: Int

    init(_ framing: BodyFraming, _ text: String, from offset: Int = 0) {
      decoder = BodyDecoder(framing)
      bytes = Array(text.utf8)
      self.offset = offset
    }

    var isComplete: Bool { decoder.isComplete }
    var remaining: UInt64? { decoder.remaining }
    func next() -> BodyPart {
      let input = bytes
      return decoder.next(input.span.bytes, at: &offset)
    }
    func close() -> Bool { decoder.endOfInput() }
  }

  @Test func aBodyOfNoLengthEndsAtOnce() {
    let body = Decoding(.none, "next")
    #expect(body.isComplete)
    #expect(body.remaining == 0)
    #expect(body.next() == .end)
    #expect(body.offset == 0)
    #expect(BodyDecoder(.length(0)).isComplete)
  }

  @Test func aBodyOfALengthLeavesWhatFollows() {
    let body = Decoding(.length(5), "helloGET")
    #expect(body.remaining == 5)
    #expect(body.next() == .data(ByteRange(0, 5)))
    #expect(body.remaining == 0)
    #expect(body.next() == .end)
    #expect(body.offset == 5)
    #expect(body.close())
  }

  @Test func aBodyCutShortIsNotWhole() {
    let body = Decoding(.length(.max), "hel")
    #expect(body.next() == .data(ByteRange(0, 3)))
    #expect(body.next() == .needMore)
    #expect(!body.close())
    #expect(!Decoding(.chunked, "").close())
  }

  @Test func aBodyUntilCloseIsWholeWhenThePeerCloses() {
    let body = Decoding(.untilClose, "abc", from: 1)
    #expect(body.next() == .data(ByteRange(1, 3)))
    #expect(body.next() == .needMore)
    #expect(!body.isComplete)
    #expect(body.remaining == nil)
    #expect(body.close())
    #expect(body.isComplete)
  }

  @Test func chunksAreJoined() {
    let reading = chunked("5\r\nhello\r\n00A\r\n0123456789\r\n0\r\n\r\nGET")
    #expect(string(reading.content) == "hello0123456789")
    #expect(reading.isWhole)
    #expect(reading.rule == nil)
  }

  @Test(arguments: [
    "1;a\r\n", "1;a=b\r\n", "1 ; a = b\r\n", "1;a=\"b c\"\r\n",
    "1;a=\"\\\"\\\\;\r".replacing("\r", with: "\t") + "\"\r\n", "1;a;b;c=d\r\n",
    "1\t;a\r\n", "1;a=\"\" ;b\r\n", "1;a ;b\r\n", "1;a=\"é\"\r\n",
  ])
  func takesAnExtension(line: String) {
    let reading = chunked("\(line)x\r\n0;z\r\n\r\n")
    #expect(reading.rule == nil)
    #expect(reading.isWhole)
    #expect(string(reading.content) == "x")
  }

  @Test(arguments: [
    ("\r\n", WireRule.chunkSizeSyntax), ("x\r\n", .chunkSizeSyntax), ("-1\r\n", .chunkSizeSyntax),
    ("0x1\r\n", .chunkSizeSyntax),
    (" 1\r\n", .chunkSizeSyntax), ("1g\r\n", .chunkSizeSyntax), (";a\r\n", .chunkSizeSyntax), ("1\n", .chunkLineEnd),
    ("1\r\r\n", .chunkLineEnd), ("1 \r\n", .chunkExtensionSyntax), ("1 a\r\n", .chunkExtensionSyntax),
    ("1;\r\n", .chunkExtensionSyntax),
    ("1;a=\r\n", .chunkExtensionSyntax), ("1;=b\r\n", .chunkExtensionSyntax), ("1;a b\r\n", .chunkExtensionSyntax),
    ("1;a=b c\r\n", .chunkExtensionSyntax), ("1;a=\"b\r\n", .chunkExtensionSyntax),
    ("1;a=\"b\"c\r\n", .chunkExtensionSyntax),
    ("1;a=\"\\\r\"\r\n", .chunkExtensionSyntax), ("1;a\n", .chunkLineEnd), ("1;a=\"\n\"\r\n", .chunkLineEnd),
    ("1;a\rb\r\n", .chunkLineEnd), ("1;a ;\r\n", .chunkExtensionSyntax), ("1;a\u{0}\r\n", .chunkExtensionSyntax),
    ("1;a=\"\u{7f}\"\r\n", .chunkExtensionSyntax), ("1;a \r\n", .chunkExtensionSyntax),
    ("1000000000000000\r\n", .chunkSizeOverflow), ("FFFFFFFFFFFFFFFFF\r\n", .chunkSizeOverflow),
    ("0000000000000001\r\n", .chunkSizeOverflow),
  ])
  func refusesASizeLine(line: String, expected: WireRule) {
    #expect(chunked("\(line)x\r\n0\r\n\r\n").rule == expected)
    #expect(expected.kind == .chunk)
  }

  @Test(arguments: ["1\r\nxy\r\n", "1\r\nx\n0\r\n\r\n", "1\r\nx\ry", "2\r\nx\r\n0\r\n\r\n", "1\r\nx0\r\n\r\n"])
  func refusesDataThatIsNotOfItsSize(body: String) {
    #expect(chunked(body).rule == .chunkDataEnd)
  }

  @Test func aHugeChunkIsOnlyWaitedFor() {
    let reading = chunked("FFFFFFFFFFFFFFF\r\nabc")
    #expect(reading.rule == nil)
    #expect(!reading.isWhole)
    #expect(string(reading.content) == "abc")
  }

  @Test func extensionsAreBounded() {
    let limits = ChunkLimits(lineExtension: 4, totalExtension: 10)
    #expect(chunked("1;abc\r\nx\r\n0\r\n\r\n", limits: limits).isWhole)
    #expect(chunked("1;abcd\r\nx\r\n0\r\n\r\n", limits: limits).rule == .chunkExtensionsTooLong)
    let three = String(repeating: "1;ab\r\nx\r\n", count: 3)
    #expect(chunked("\(three)0\r\n\r\n", limits: limits).isWhole)
    #expect(chunked("\(three)0;a\r\n\r\n", limits: limits).rule == .chunkExtensionsTooLong)
  }

  @Test func trailersAreHandedOutRaw() {
    let reading = chunked("1\r\nx\r\n0\r\nA: b\r\nC:\td\r\n\r\nrest")
    #expect(string(reading.trailers) == "A: b\r\nC:\td\r\n")
    #expect(reading.isWhole)
    #expect(reading.rule == nil)
  }

  @Test(arguments: [
    ("A: b\n\r\n", WireRule.trailerLineEnd), ("A: b\rc\r\n\r\n", .trailerLineEnd), ("A: b\r\n\rx", .trailerLineEnd),
    ("\n", .trailerLineEnd), ("A: \u{0}\r\n\r\n", .nul), ("A\r\n\r\n", .fieldColonMissing),
    ("A: b\r\n c\r\n\r\n", .obsoleteFolding),
    (" A: b\r\n\r\n", .whitespaceBeforeFirstField), ("A : b\r\n\r\n", .whitespaceBeforeColon),
    ("é: b\r\n\r\n", .fieldNameSyntax),
  ])
  func refusesATrailer(trailer: String, expected: WireRule) {
    #expect(chunked("0\r\n\(trailer)").rule == expected)
  }

  @Test func trailersAreBounded() {
    let limits = ChunkLimits(trailer: 12, trailerFields: 2)
    #expect(chunked("0\r\nA: b\r\nC: d\r\n\r\n", limits: limits).isWhole)
    #expect(chunked("0\r\nA: b\r\nC: de\r\n\r\n", limits: limits).rule == .trailerTooLarge)
    #expect(chunked("0\r\nA:\r\nB:\r\nC:\r\n\r\n", limits: limits).rule == .tooManyTrailers)
  }

  @Test func trailersThatMayNotBeThereAreDropped() throws {
    let block = Array(
      "Grpc-Status: 0\r\nContent-Length: 5\r\nX-Sum: 1\r\nSet-Cookie: a\r\nConnection: x\r\nHost: h\r\n".utf8)
    var fields: [Field] = []
    try parseTrailers(block.span.bytes, into: &fields)
    #expect(fields.count == 6)
    #expect(written(fields, block) == "Grpc-Status: 0\r\nX-Sum: 1\r\n")
  }

  @Test func whatIsWrittenInChunksIsReadBack() {
    let content = Array("some content of a body".utf8)
    for size in 1...content.count {
      let encoded = collected(capacity: 1024) { output in
        for start in stride(from: 0, to: content.count, by: size) {
          let end = min(start + size, content.count)
          chunkHeader(UInt64(end - start), into: &output)
          output.appendRange(ByteRange(start, end), of: content.span.bytes)
          output.appendLiteral(ChunkText.lineEnd)
        }
        output.appendLiteral(ChunkText.last)
        output.appendLiteral("X-Sum: 1\r\n")
        output.appendLiteral(ChunkText.lineEnd)
      }
      let reading = chunked(String(decoding: encoded, as: UTF8.self))
      #expect(reading.content == content)
      #expect(reading.isWhole)
      #expect(string(reading.trailers) == "X-Sum: 1\r\n")
    }
  }
}
