import SluiceWire
import Testing

/// What a message means may not depend on how the network cut it.
@Suite struct SplitTests {
  static let requests = [
    "GET / HTTP/1.1\r\nHost: h\r\n\r\n",
    "\r\n\r\nGET /a?b HTTP/1.1\r\nHost: example.com\r\nUser-Agent: something of some length\r\nConnection: close\r\n\r\nGET",
    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\nhello worldGET / HTTP/1.1\r\n",
    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5;a=\"b\\\"c\"\r\nhello\r\nA\r\n0123456789\r\n0\r\nX: y\r\nZ:\r\n\r\nGET",
    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n5 \r\n",
    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello!\r\n",
    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nbad\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: h\r\nX : y\r\n\r\n", "GET / HTTP/1.1\nHost: h\n\n", "GET /\r\n\r\n",
    "GET / HTTP/3.0\r\n\r\n",
    "\u{16}\u{3}\u{1}", "G\u{0}T / HTTP/1.1\r\n\r\n", "\r\n\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\n\r\n", "\rGET",
    "GET /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa HTTP/1.1\r\nHost: h\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: h\r\nX: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: h\r\nA:1\r\nB:1\r\nC:1\r\nD:1\r\nE:1\r\nF:1\r\nG:1\r\nH:1\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: h\r\n\(String(repeating: "A: 1234567890123456789012345678901234567890\r\n", count: 5))\r\n",
  ]

  static let responses = [
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    "HTTP/1.1 200 OK\r\nX : y\r\nA: b\r\n c\r\nContent-Length: 2, 2\r\n\r\nhi",
    "HTTP/1.0 200\r\n\r\neverything until the end",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nTrailer-Field: value of it\r\n\r\n",
    "HTTP/1.1 204 No Content\r\nServer: s\r\n\r\nsurplus", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
    "HTTP/2 200\r\n", "<html>", "HTTP/1.1 abc\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
  ]

  private func check(_ text: String, _ role: MessageRole) {
    let bytes = Array(text.utf8)
    for limits in [HeadLimits(), HeadLimits(total: 160, line: 64, field: 64, fields: 6)] {
      let reader = MessageReader(
        role: role, headLimits: limits, chunkLimits: ChunkLimits(lineExtension: 16, trailer: 24))
      let whole = reader.read(bytes)
      for cut in 0...bytes.count {
        #expect(reader.read(bytes, cuts: [cut]) == whole, "cut at \(cut)")
      }
      #expect(reader.read(bytes, cuts: Array(0..<bytes.count)) == whole, "byte by byte")
      for step in [2, 3, 7] {
        #expect(reader.read(bytes, cuts: Array(stride(from: step, to: bytes.count, by: step))) == whole, "by \(step)")
      }
    }
  }

  @Test(arguments: requests)
  func aRequestReadsTheSameHoweverItIsCut(text: String) {
    check(text, .request)
  }

  @Test(arguments: responses)
  func aResponseReadsTheSameHoweverItIsCut(text: String) {
    check(text, .response)
  }
}
