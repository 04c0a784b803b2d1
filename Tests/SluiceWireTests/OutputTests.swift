import SluiceWire
import Testing

@Suite struct OutputTests {
  private func text(_ body: (inout OutputRawSpan) -> Void) -> String {
    String(decoding: collected(capacity: 64, body), as: UTF8.self)
  }

  @Test(arguments: [0, 9, 10, 255, 4096, 18_446_744_073_709_551_615] as [UInt64])
  func numbersAreWrittenAsTheStandardLibraryDoes(value: UInt64) {
    let decimal = text { $0.appendDecimal(value) }
    let hexadecimal = text { $0.appendHex(value) }
    let header = text { chunkHeader(value, into: &$0) }
    #expect(decimal == String(value))
    #expect(hexadecimal == String(value, radix: 16))
    #expect(header == String(value, radix: 16) + "\r\n")
    #expect(header.utf8.count <= ChunkText.headerCapacity)
  }

  @Test func bytesAndRangesAreAppended() {
    let source = Array("abcdef".utf8)
    let found = text { output in
      output.append(contentsOf: source.span.bytes)
      output.appendRange(ByteRange(1, 3), of: source.span.bytes)
      output.appendRange(.empty, of: source.span.bytes)
      output.append(contentsOf: RawSpan())
      output.appendLiteral("é!")
      output.appendLiteral("")
    }
    #expect(found == "abcdefbcé!")
  }

  @Test func theWholeCapacityCanBeUsed() {
    let source = Array(repeating: UInt8(0x61), count: 64)
    let found = collected(capacity: 64) { $0.append(contentsOf: source.span.bytes) }
    #expect(found == source)
  }

  @Test func fieldsKeepOrderCaseAndBytes() throws {
    let lines = "hOsT:h\r\nX-A:  1 \r\nCookie: a\r\nx-a: 2\r\nServer: é\r\n"
    let request = try ParsedRequest("GET / HTTP/1.1\r\n\(lines)\r\n")
    #expect(request.forwarded() == lines)
    #expect(request.forwarded(dropping: KnownFieldSet(.cookie)) == "hOsT:h\r\nX-A:  1 \r\nx-a: 2\r\nServer: é\r\n")
    #expect(request.forwarded(dropping: KnownFieldSet(.host, .server)) == "X-A:  1 \r\nCookie: a\r\nx-a: 2\r\n")
    let all = KnownFieldSet(rawValue: .max)
    #expect(request.forwarded(dropping: all) == "X-A:  1 \r\nx-a: 2\r\n")
  }

  @Test func aFieldThatTheCallerMarkedIsLeftOut() throws {
    let request = try ParsedRequest("GET / HTTP/1.1\r\nHost: h\r\nA: 1\r\nB: 2\r\n\r\n")
    var fields = request.head.fields
    fields[1].flags.formUnion(.dropped)
    #expect(written(fields, request.bytes) == "Host: h\r\nB: 2\r\n")
    #expect(written([], request.bytes) == "")
  }

  @Test func aRangeCannotBeWrong() {
    #expect(ByteRange(3, 1).count == 0)
    #expect(ByteRange(3, 1).isEmpty)
    #expect(ByteRange(-1, 5).lowerBound == 0)
    #expect(ByteRange(0, .max).upperBound == .max)
    #expect(ByteRange(3, 1).offsets.isEmpty)
    #expect(ByteRange(2, 7).count == 5)
  }
}
