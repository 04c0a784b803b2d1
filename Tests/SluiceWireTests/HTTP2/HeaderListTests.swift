import Testing

@testable import SluiceWire

@Suite struct HeaderListTests {
  private static func list(_ place: HeaderList.Place, _ fields: [(String, String)]) -> HeaderList {
    var list = HeaderList(place)
    for (name, value) in fields {
      let line = Array(name.utf8) + [0x3a, 0x20] + Array(value.utf8) + [0x0d, 0x0a]
      list.append(DecodedField(line, nameCount: name.utf8.count), line: line)
    }
    return list
  }

  @Test(arguments: [
    ([(":method", "GET"), ("X-A", "b")], WireRule.fieldNameUppercase), ([("a b", "c")], .fieldNameSyntax),
    ([("", "c")], .fieldNameEmpty), ([("a\u{0}", "c")], .nul), ([("a", " c")], .fieldValueSpace),
    ([("a", "c\t")], .fieldValueSpace), ([("a", "b\r\nc: d")], .bareCarriageReturn), ([("a", "b\nc")], .bareLineFeed),
    ([("a", "b\u{0}c")], .nul), ([("a", "b\u{1}c")], .controlCharacter), ([("connection", "close")], .connectionField),
    ([("transfer-encoding", "chunked")], .connectionField), ([("upgrade", "websocket")], .connectionField),
    ([("keep-alive", "timeout=5")], .connectionField), ([("proxy-connection", "close")], .connectionField),
    ([("te", "gzip")], .connectionField), ([(":status", "200")], .pseudoFieldUnknown),
    ([(":nonsense", "1")], .pseudoFieldUnknown), ([(":path", "/"), (":path", "/b")], .pseudoFieldRepeated),
    ([("a", "b"), (":path", "/")], .pseudoFieldMisplaced), ([(":path", "/\r\n")], .bareCarriageReturn),
  ])
  func rules(fields: [(String, String)], rule: WireRule) {
    #expect(Self.list(.request, fields).fault?.rule == rule)
  }

  @Test func trailersHaveNoPseudoFields() {
    #expect(Self.list(.trailers, [(":status", "200")]).fault?.rule == .pseudoFieldMisplaced)
    #expect(Self.list(.trailers, [("grpc-status", "0")]).fault == nil)
    #expect(Self.list(.response, [(":method", "GET")]).fault?.rule == .pseudoFieldUnknown)
  }

  /// The lines can be read as a head of HTTP/1.1 has them.
  @Test func theLinesAreThoseOfAHead() throws {
    let list = Self.list(
      .request,
      [
        (":method", "GET"), (":path", "/"), ("te", "trailers"), ("cookie", "a=b"), ("x-empty", ""), ("accept", "*/*"),
      ])
    #expect(list.fault == nil)
    let start = Int(list.fields[0].line.lowerBound)
    var fields: [Field] = []
    let block = list.bytes
    let seen = try FieldSection.parse(block.span.bytes, from: start, role: .response, into: &fields)
    #expect(seen == list.seen && fields.count == list.fields.count)
    for (read, kept) in zip(fields, list.fields) {
      #expect(read.name == kept.name && read.value == kept.value && read.line == kept.line && read.known == kept.known)
    }
  }

  @Test func theFaultNamesItsField() throws {
    let list = Self.list(.request, [("x-fine", "a"), ("x-bad", "b\u{2}")])
    let fault = try #require(list.fault)
    #expect(String(decoding: list.bytes[fault.field.offsets], as: UTF8.self) == "x-bad")
    #expect(list.fields.count == 1)
  }
}
