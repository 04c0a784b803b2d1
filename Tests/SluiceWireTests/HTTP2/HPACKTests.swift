import Testing

@testable import SluiceWire

@Suite struct HPACKTests {
  private static func decode(
    _ hex: String, _ decoder: inout HPACKDecoder, _ place: HeaderList.Place = .request,
    limits: HeaderList.Limits = HeaderList.Limits()
  ) throws -> HeaderList {
    var list = HeaderList(place, limits: limits)
    let block = bytes(hex)
    try decoder.decode(block.span.bytes, into: &list)
    return list
  }

  /// Pseudo-header fields in their order in the type, then the lines.
  private static func text(_ list: HeaderList) -> [String] {
    let pseudo = [
      (":method", list.pseudo.method), (":scheme", list.pseudo.scheme), (":authority", list.pseudo.authority),
      (":path", list.pseudo.path), (":status", list.pseudo.status),
    ]
    func string(_ range: ByteRange) -> String { String(decoding: list.bytes[range.offsets], as: UTF8.self) }
    return pseudo.compactMap { name, range in range.map { "\(name): \(string($0))" } }
      + list.fields.map { String(string($0.line).dropLast()) }
  }

  // MARK: RFC 7541 appendix C

  /// C.3 without and C.4 with the Huffman code: three requests on one connection.
  @Test(arguments: [
    [
      "828684410f7777772e6578616d706c652e636f6d", "828684be58086e6f2d6361636865",
      "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565",
    ],
    [
      "828684418cf1e3c2e5f23a6ba0ab90f4ff", "828684be5886a8eb10649cbf",
      "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf",
    ],
  ])
  func requests(blocks: [String]) throws {
    var decoder = HPACKDecoder()
    let lists = try blocks.map { try Self.text(Self.decode($0, &decoder)) }
    let common = [":method: GET", ":scheme: http", ":authority: www.example.com", ":path: /"]
    #expect(lists[0] == common)
    #expect(lists[1] == common + ["cache-control: no-cache"])
    #expect(
      lists[2] == [
        ":method: GET", ":scheme: https", ":authority: www.example.com", ":path: /index.html",
        "custom-key: custom-value",
      ])
  }

  /// C.6: a table of 256 bytes, from which entries are evicted.
  @Test func responses() throws {
    var decoder = HPACKDecoder(tableSizeMax: 256)
    let first = try Self.decode(
      "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8e9ae82ae43d3",
      &decoder, .response)
    #expect(
      Self.text(first) == [
        ":status: 302", "cache-control: private", "date: Mon, 21 Oct 2013 20:13:21 GMT",
        "location: https://www.example.com",
      ])
    let second = try Self.decode("4883640effc1c0bf", &decoder, .response)
    #expect(
      Self.text(second) == [
        ":status: 307", "cache-control: private", "date: Mon, 21 Oct 2013 20:13:21 GMT",
        "location: https://www.example.com",
      ])
    let third = try Self.decode(
      "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdfcd5b3960d5af27087f36"
        + "72c1ab270fb5291f9587316065c003ed4ee5b1063d5007", &decoder, .response)
    #expect(
      Self.text(third) == [
        ":status: 200", "cache-control: private", "date: Mon, 21 Oct 2013 20:13:22 GMT",
        "location: https://www.example.com", "content-encoding: gzip",
        "set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1",
      ])
  }

  // MARK: What breaks the connection

  @Test(arguments: [
    ("80", HPACKFault.indexInvalid), ("c6", .indexInvalid), ("7f00", .indexInvalid), ("82be", .indexInvalid),
    ("41", .truncated), ("4105", .truncated), ("ff", .truncated), ("ff8080", .truncated),
    ("ffffffffff0f", .integerTooLarge), ("ffffffffffffffffff7f", .integerTooLarge),
    ("3fe21f", .tableSizeTooLarge), ("8220", .tableSizeMisplaced), ("0081ff0161", .huffmanPadding),
    ("0084ffffffff0161", .huffmanEndOfString),
  ])
  func faults(hex: String, fault: HPACKFault) {
    var decoder = HPACKDecoder()
    #expect(throws: fault) { try Self.decode(hex, &decoder) }
  }

  @Test func aSmallerTableEvicts() throws {
    var decoder = HPACKDecoder()
    _ = try Self.decode("400161016240016301644001650166", &decoder)
    #expect(try Self.text(Self.decode("bebfc0", &decoder)) == ["e: f", "c: d", "a: b"])
    // Room for two entries of 34 bytes.
    #expect(try Self.text(Self.decode("3f25bebf", &decoder)) == ["e: f", "c: d"])
    #expect(throws: HPACKFault.indexInvalid) { try Self.decode("c0", &decoder) }
    #expect(try Self.text(Self.decode("2082", &decoder)) == [":method: GET"])
    #expect(throws: HPACKFault.indexInvalid) { try Self.decode("be", &decoder) }
  }

  /// The table's memory stays near its size however much goes through it.
  @Test func theTableIsBounded() throws {
    var table = HPACKDynamicTable(sizeMax: 4096)
    for number in 0..<100_000 {
      let name = Array("name-\(number)".utf8)
      let line = name + Array(": value-\(number)\r\n".utf8)
      table.add(DecodedField(line, nameCount: name.count), line: line)
      #expect(table.size <= 4096)
    }
    #expect(table.count > 50 && table.count < 100)
    #expect(table.bytes.count < 4 * 4096)
    let line = [UInt8](repeating: 0x61, count: 5000) + Array(": \r\n".utf8)
    table.add(DecodedField(line, nameCount: 5000), line: line)
    #expect(table.count == 0 && table.size == 0)
  }

  // MARK: Bounds

  /// A block of small indices that stand for large entries is decoded to its end and not kept.
  @Test func aBombIsCountedAndNotKept() throws {
    var decoder = HPACKDecoder()
    var block: [UInt8] = [0x40, 1, 0x61]
    HPACKEncoder.appendInteger(4000, prefix: 7, to: &block)
    block += [UInt8](repeating: 0x62, count: 4000)
    block += [UInt8](repeating: 0xbe, count: 16_000)
    var list = HeaderList(.request)
    try decoder.decode(block.span.bytes, into: &list)
    #expect(list.isTooLarge && list.size == 16_001 * (4001 + 32))
    #expect(list.bytes.count < 70_000)
    // The connection goes on.
    #expect(try Self.text(Self.decode("82", &decoder)) == [":method: GET"])
  }

  @Test func fieldsAreBounded() throws {
    var decoder = HPACKDecoder()
    let limits = HeaderList.Limits(size: 10_000, fields: 3)
    let fine = try Self.decode("828684", &decoder, limits: limits)
    let many = try Self.decode("82868487", &decoder, limits: limits)
    #expect(!fine.isTooLarge && many.isTooLarge)
  }

  // MARK: Encoding

  @Test func whatIsEncodedIsDecoded() throws {
    let fields = [
      ("Content-Type", "text/html"), ("X-Custom", ""), ("set-cookie", "a=b"), ("authorization", "secret"),
      ("x-long", String(repeating: "v", count: 5000)),
    ]
    var block: [UInt8] = []
    HPACKEncoder.appendTableSizeZero(to: &block)
    HPACKEncoder.appendStatus(418, to: &block)
    for (name, value) in fields {
      let (name, value) = (Array(name.utf8), Array(value.utf8))
      HPACKEncoder.append(name: name.span.bytes, value: value.span.bytes, isSecret: value.first == 0x73, to: &block)
    }
    var decoder = HPACKDecoder()
    var list = HeaderList(.response)
    try decoder.decode(block.span.bytes, into: &list)
    #expect(Self.text(list) == [":status: 418"] + fields.map { "\($0.0.lowercased()): \($0.1)" })
  }

  @Test(arguments: [200, 204, 206, 304, 400, 404, 500, 100, 302, 999] as [UInt16])
  func statuses(status: UInt16) throws {
    var block: [UInt8] = []
    HPACKEncoder.appendStatus(status, to: &block)
    var decoder = HPACKDecoder()
    var list = HeaderList(.response)
    try decoder.decode(block.span.bytes, into: &list)
    #expect(Self.text(list) == [":status: \(status)"])
  }

  /// RFC 7541 appendix C.1.
  @Test(arguments: [(10, 5, "0a"), (1337, 5, "1f9a0a"), (42, 8, "2a"), (31, 5, "1f00"), (0, 7, "00")])
  func integers(value: Int, prefix: Int, hex: String) throws {
    var block: [UInt8] = []
    HPACKEncoder.appendInteger(value, prefix: prefix, to: &block)
    #expect(block == bytes(hex))
    var reader = HPACKReader()
    #expect(try reader.integer(block.span.bytes, prefix: prefix) == value)
  }

  /// Any bytes: decoded or refused, never more kept than the limits allow.
  @Test func anyBytes() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<3000 {
      var decoder = HPACKDecoder()
      for _ in 0..<5 {
        let block = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
          UInt8.random(in: 0...255, using: &generator)
        }
        var list = HeaderList(.request, limits: HeaderList.Limits(size: 500, fields: 5))
        do { try decoder.decode(block.span.bytes, into: &list) } catch { break }
        #expect(list.bytes.count < 1200 && list.fields.count <= 5)
      }
    }
  }
}
