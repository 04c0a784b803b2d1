import NIOCore
import Testing

@testable import SluiceLab

/// Bytes in, what a client saw of them out; whole and byte for byte.
struct AnswerReaderTests {
  private func read(_ text: String, isHead: Bool = false, end: Answer.End = .open) -> Answer {
    let bytes = Array(text.utf8)
    var whole = AnswerReader(isHead: isHead)
    whole.take(ByteBuffer(bytes: bytes))
    let answer = whole.finish(end)
    var slow = AnswerReader(isHead: isHead)
    for byte in bytes { slow.take(ByteBuffer(bytes: [byte])) }
    let dripped = slow.finish(end)
    #expect(dripped == answer, "\(text)")
    #expect(dripped.excess == answer.excess && dripped.interim == answer.interim, "\(text)")
    return answer
  }

  @Test func readsEachFramingToItsEnd() {
    let length = read("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n")
    #expect(length.status == 200 && length.isWhole && length.body == Array("ok\n".utf8) && length.fault == nil)
    let chunks = read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nok\n\r\n0\r\nX: y\r\n\r\n")
    #expect(chunks.isWhole && chunks.body == Array("ok\n".utf8) && chunks.fault == nil)
    #expect(read("HTTP/1.1 204 No Content\r\n\r\n").isWhole)
    #expect(read("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", isHead: true).isWhole)
    let hints = read("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n")
    #expect(hints.interim == 1 && hints.status == 200 && hints.isWhole && hints.fault == nil)
  }

  @Test func aBodyThatEndsWithTheConnectionIsWholeOnlyAfterFIN() {
    let text = "HTTP/1.1 200 OK\r\n\r\nuntil the end\n"
    #expect(read(text, end: .fin).isWhole)
    #expect(!read(text, end: .reset).isWhole)
    #expect(!read(text, end: .timeLimit).isWhole)
  }

  @Test(arguments: [
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nok\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nok\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nok\n\r\n0\r\n",
  ])
  func whatIsCutIsNotWhole(_ text: String) {
    let answer = read(text, end: .fin)
    #expect(!answer.isWhole && answer.fault == nil && answer.status == 200)
  }

  @Test(arguments: [
    "SSH-2.0-OpenSSH\r\n", "http/1.1 200 OK\r\n\r\n", "HTTP/2.0 200 OK\r\n\r\n", "HTTP/1.1 99 Low\r\n\r\n",
    "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 1000 High\r\n\r\n", "HTTP/1.1 200 O\u{1}K\r\n\r\n",
    "HTTP/1.1 200 OK\r\nX-Broken: a\0b\r\n\r\n", "HTTP/1.1 200 OK\r\nX-Broken: a\rb\r\n\r\n",
    "HTTP/1.1 200 OK\r\nX Broken: a\r\n\r\n", "HTTP/1.1 200 OK\r\n: a\r\n\r\n", "HTTP/1.1 200 OK\r\nno field\r\n\r\n",
    "HTTP/1.1 200 OK\nContent-Length: 0\n\n", "HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nok\n",
    "HTTP/1.1 200 OK\r\nContent-Length: +3\r\n\r\nok\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nsize\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nokay\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\nok\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nno field\r\n\r\n",
  ])
  func namesWhatIsNotHTTP(_ text: String) {
    #expect(read(text).fault != nil, "\(text)")
  }

  @Test func countsWhatComesBehindTheEnd() {
    #expect(read("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\nand more\n").excess == 9)
    #expect(read("HTTP/1.1 204 No Content\r\n\r\nbody").excess == 4)
    // After 101 the bytes are another protocol's.
    #expect(read("HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\n\r\nbytes").excess == 0)
  }

  @Test func countsALargeBodyAndKeepsItsBeginning() {
    let body = String(repeating: "x", count: 100_000)
    let answer = read("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n\(body)")
    #expect(answer.isWhole && answer.bodyCount == 100_000 && answer.body.count == Answer.keptBytes)
  }
}
