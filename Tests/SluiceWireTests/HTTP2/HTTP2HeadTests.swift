import Testing

@testable import SluiceWire

@Suite struct HTTP2HeadTests {
  typealias Pair = (name: String, value: String)

  private static let get: [Pair] = [
    (":method", "GET"), (":scheme", "https"), (":authority", "example.com"), (":path", "/a?b=c"),
  ]

  private static func list(_ place: HeaderList.Place, _ pairs: [Pair]) throws -> HeaderList {
    var block: [UInt8] = []
    for (name, value) in pairs {
      // As a literal with a literal name, so that nothing is changed on the way.
      block.append(0)
      HPACKEncoder.appendInteger(name.utf8.count, prefix: 7, to: &block)
      block += Array(name.utf8)
      HPACKEncoder.appendInteger(value.utf8.count, prefix: 7, to: &block)
      block += Array(value.utf8)
    }
    var list = HeaderList(place)
    var decoder = HPACKDecoder()
    try decoder.decode(block.span.bytes, into: &list)
    return list
  }

  private struct Read {
    var head = RequestHead()
    var block: [UInt8] = []
    var rule: WireRule?

    func text(_ range: ByteRange) -> String { String(decoding: block[range.offsets], as: UTF8.self) }
  }

  private static func request(_ pairs: [Pair], endsStream: Bool = true) throws -> Read {
    let list = try list(.request, pairs)
    var read = Read()
    do throws(WireFault) {
      try read.head.read(list, endsStream: endsStream, into: &read.block)
    } catch {
      read.rule = error.rule
    }
    return read
  }

  @Test func aRequestReadsAsHTTP1DoesWithoutItsVersion() throws {
    let read = try Self.request(Self.get + [("accept", "*/*"), ("te", "trailers")])
    #expect(read.rule == nil)
    #expect(read.head.method == .get)
    #expect(read.head.version == .http2)
    #expect(read.text(read.head.path) == "/a")
    #expect(read.text(read.head.query) == "b=c")
    #expect(read.text(read.head.host) == "example.com")
    #expect(read.head.flags.contains(.teTrailers))
    #expect(read.head.framing == .none)
    #expect(read.head.fields.map { read.text($0.line) } == ["accept: */*\r\n", "te: trailers\r\n"])
  }

  @Test func theFramingFollowsTheLengthAndTheStreamsEnd() throws {
    #expect(try Self.request(Self.get, endsStream: false).head.framing == .chunked)
    let declared = Self.get + [("content-length", "5")]
    #expect(try Self.request(declared, endsStream: false).head.framing == .length(5))
    #expect(try Self.request(declared, endsStream: true).rule == .contentLengthMismatch)
    #expect(try Self.request(Self.get + [("content-length", "0")]).head.framing == .length(0))
  }

  @Test func theCrumbsOfACookieAreOneLine() throws {
    let read = try Self.request(Self.get + [("cookie", "a=1"), ("accept", "*/*"), ("cookie", "b=2")])
    let lines = read.head.fields.filter { !$0.flags.contains(.dropped) }.map { read.text($0.line) }
    #expect(lines == ["accept: */*\r\n", "cookie: a=1; b=2\r\n"])
  }

  @Test func anExtendedConnectIsAnUpgrade() throws {
    var pairs = Self.get
    pairs[0].value = "CONNECT"
    let read = try Self.request(pairs + [(":protocol", "websocket")], endsStream: false)
    #expect(read.rule == nil)
    #expect(read.head.method == .get)
    #expect(read.text(read.head.methodText) == "GET")
    #expect(read.head.flags.contains(.upgrade))
    #expect(read.text(read.head.upgrade) == "websocket")
    #expect(read.head.framing == .none)
  }

  @Test func aPlainConnectHasNothingButItsAuthority() throws {
    #expect(try Self.request([(":method", "CONNECT"), (":authority", "example.com:443")]).head.method == .connect)
    var pairs = Self.get
    pairs[0].value = "CONNECT"
    #expect(try Self.request(pairs).rule == .pseudoFieldInvalid)
  }

  @Test(arguments: [
    (0, "", WireRule.methodSyntax), (0, "G T", .methodSyntax), (2, "", .hostInvalid), (2, "user@host", .hostInvalid),
    (3, "", .pseudoFieldInvalid), (3, "a", .pseudoFieldInvalid), (3, "*", .targetAsterisk),
    (3, "http://example.com/", .pseudoFieldInvalid), (3, "/a b", .targetCharacter), (3, "/a#b", .targetCharacter),
  ])
  func aPseudoFieldThatIsNoneIsRefused(_ index: Int, _ value: String, _ rule: WireRule) throws {
    var pairs = Self.get
    pairs[index].value = value
    #expect(try Self.request(pairs).rule == rule)
  }

  @Test func missingFieldsAreRefused() throws {
    for index in [0, 1, 3] {
      var pairs = Self.get
      pairs.remove(at: index)
      #expect(try Self.request(pairs).rule == .pseudoFieldMissing)
    }
    var pairs = Self.get
    pairs.remove(at: 2)
    #expect(try Self.request(pairs).rule == .hostMissing)
    #expect(try Self.request(pairs + [("host", "example.com")]).rule == nil)
  }

  @Test func hostAndAuthorityMustAgree() throws {
    #expect(try Self.request(Self.get + [("host", "example.com")]).rule == nil)
    #expect(try Self.request(Self.get + [("host", "EXAMPLE.com:443")]).rule == nil)
    #expect(try Self.request(Self.get + [("host", "evil.com")]).rule == .hostMismatch)
    #expect(try Self.request(Self.get + [("host", "example.com"), ("host", "example.com")]).rule == .hostDuplicate)
  }

  @Test func whatSomeReadersTakeForAFramingFieldIsRefused() throws {
    #expect(try Self.request(Self.get + [("content_length", "5")]).rule == .fieldNameConfusable)
    #expect(try Self.request(Self.get + [("transfer-encoding", "chunked")]).rule == .connectionField)
    #expect(try Self.request(Self.get + [("content-length", "5"), ("content-length", "6")]).rule != nil)
  }

  private static func response(
    _ pairs: [Pair], endsStream: Bool, to method: Method = .get
  ) throws -> Result<ResponseHead, WireFault> {
    let list = try list(.response, pairs)
    var head = ResponseHead()
    do throws(WireFault) {
      try head.read(list, endsStream: endsStream, requestMethod: method)
    } catch {
      return .failure(error)
    }
    return .success(head)
  }

  @Test func aResponsesEndIsTheStreamsWhereItDeclaresNone() throws {
    let plain: [Pair] = [(":status", "200")]
    #expect(try Self.response(plain, endsStream: false).get().framing == .chunked)
    #expect(try Self.response(plain, endsStream: true).get().framing == .chunked)
    #expect(try Self.response(plain, endsStream: true, to: .head).get().framing == .none)
    #expect(try Self.response([(":status", "204")], endsStream: true).get().framing == .none)
    let declared = plain + [("content-length", "7")]
    #expect(try Self.response(declared, endsStream: false).get().framing == .length(7))
    #expect(try Self.response(declared, endsStream: true, to: .head).get().framing == .none)
  }

  @Test(arguments: ["", "20", "2000", "abc", "099", "101"])
  func aStatusThatIsNoneIsRefused(_ status: String) throws {
    guard case .failure(let fault) = try Self.response([(":status", status)], endsStream: true) else {
      Issue.record("\(status) was taken")
      return
    }
    #expect(fault.rule == .statusCode)
  }

  @Test func trailersThatMayNotBeOnesAreDropped() throws {
    let list = try Self.list(.trailers, [("grpc-status", "0"), ("content-length", "5")])
    #expect(list.trailerFields.map { $0.flags.contains(.dropped) } == [false, true])
  }

  @Test func linesAreEncodedWithNamesInLowerCase() throws {
    var block: [UInt8] = []
    let lines = Array("X-One: a b \r\nConnection: close\r\nHost: h\r\n\r\nrest: no\r\n".utf8)
    HPACKEncoder.appendLines(lines.span.bytes, dropping: .hopByHop, to: &block)
    var list = HeaderList(.response)
    var decoder = HPACKDecoder()
    try decoder.decode(block.span.bytes, into: &list)
    #expect(String(decoding: list.bytes, as: UTF8.self) == "x-one: a b\r\nhost: h\r\n")
  }
}
