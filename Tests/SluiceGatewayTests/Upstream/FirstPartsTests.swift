import NIOCore
import SluiceWire
import Testing

@testable import SluiceGateway

@Suite("Parts of a body that came with its head")
struct FirstPartsTests {
  private var decoder = BodyDecoder(.chunked)
  private var parts = FirstParts()

  /// Takes all parts as the connection does, and gives the content and the trailer section.
  private mutating func taken(from body: ByteBuffer) -> (content: String, trailers: String, last: BodyPart?) {
    var rest = body
    var (content, trailers, last) = ("", "", BodyPart?.none)
    while true {
      var offset = 0
      guard let part = parts.next(at: &offset) else { return (content, trailers, last) }
      last = part
      switch part {
      case .data(let range):
        content += rest.getString(at: rest.readerIndex + Int(range.lowerBound), length: range.count) ?? "?"
      case .trailers(let range):
        trailers += rest.getString(at: rest.readerIndex + Int(range.lowerBound), length: range.count) ?? "?"
      case .needMore, .end, .failed: break
      }
      rest.moveReaderIndex(forwardBy: offset)
    }
  }

  @Test("each part comes once, in order, with the bytes that it names")
  mutating func inOrder() {
    let body = ByteBuffer(string: "5\r\nhello\r\n7;a=b\r\n, world\r\n0\r\nA: b\r\n\r\nexcess")
    #expect(parts.fill(from: &decoder, body) == nil)
    let taken = taken(from: body)
    #expect(taken.content == "hello, world")
    #expect(taken.trailers == "A: b\r\n")
    #expect(taken.last == .end)
    #expect(decoder.isComplete)
  }

  @Test("the decoder goes on behind what was taken ahead")
  mutating func goesOn() {
    let first = ByteBuffer(string: "5\r\nhel")
    #expect(parts.fill(from: &decoder, first) == nil)
    let taken = taken(from: first)
    #expect(taken.content == "hel")
    #expect(taken.last == .needMore)
    var offset = 0
    let second = ByteBuffer(string: "lo\r\n0\r\n\r\n")
    #expect(decoder.next(second.readableBytesSpan, at: &offset) == .data(ByteRange(0, 2)))
  }

  @Test("a fault behind good chunks is told, and leaves nothing to pass on")
  mutating func fault() {
    let body = ByteBuffer(string: "5\r\nhello\r\nnonsense\r\n")
    #expect(parts.fill(from: &decoder, body)?.rule == .chunkSizeSyntax)
    var offset = 0
    #expect(parts.next(at: &offset) == nil)
    #expect(offset == 0)
  }

  @Test("what one response left is not the next one's")
  mutating func clears() {
    #expect(parts.fill(from: &decoder, ByteBuffer(string: "5\r\nhello\r\n0\r\n\r\n")) == nil)
    parts.clear()
    var offset = 0
    #expect(parts.next(at: &offset) == nil)
  }
}
