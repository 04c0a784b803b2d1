import SluiceCore
import TestSupport
import Testing

@testable import SluiceGateway

@Suite struct DNSMessageReaderTests {
  private func read(_ bytes: [UInt8], _ family: EndpointAddress.Family = .v4) throws -> DNSAnswer {
    try DNSMessageReader.read(bytes.span.bytes, family: family)
  }

  private func message(_ answers: [DNSWire.Record], type: UInt16 = 1) -> [UInt8] {
    DNSWire.response(name: "api.test", type: type, answers: answers)
  }

  @Test func addressesComeWithTheSmallestTTL() throws {
    let answer = try read(
      message([.a("api.test", [192, 0, 2, 1], ttl: 300), .a("API.test", [192, 0, 2, 2], ttl: 20)]))
    #expect(answer.addresses == [.v4(192, 0, 2, 1), .v4(192, 0, 2, 2)])
    #expect(answer.ttl == 20)
    #expect(answer.rcode == 0)
  }

  @Test func bothFamiliesAreRead() throws {
    #expect(try read(message([.aaaa("api.test", last: 9)], type: 28), .v6).addresses == [.v6(9)])
  }

  @Test func aliasesAreFollowedInWhateverOrderTheyStand() throws {
    let answer = try read(
      message([
        .a("c.test", [10, 0, 0, 1], ttl: 99), .cname("b.test", "c.test", ttl: 5), .cname("api.test", "b.test", ttl: 7),
      ]))
    #expect(answer.aliases == ["b.test", "c.test"])
    #expect(answer.addresses == [.v4(10, 0, 0, 1)])
    #expect(answer.ttl == 5)
  }

  @Test func addressesOfOtherNamesAreIgnored() throws {
    let answer = try read(message([.a("evil.test", [6, 6, 6, 6]), .cname("x.test", "evil.test")]))
    #expect(answer.addresses.isEmpty)
    #expect(answer.aliases.isEmpty)
  }

  @Test func anAliasLoopEnds() throws {
    let answer = try read(message([.cname("api.test", "b.test"), .cname("b.test", "api.test")]))
    #expect(answer.chain == .loop)
    #expect(answer.addresses.isEmpty)
    #expect(try read(message([.cname("api.test", "api.test")])).chain == .loop)
  }

  @Test func aChainBeyondTheBoundEnds() throws {
    let links = (0..<40).map { DNSWire.Record.cname($0 == 0 ? "api.test" : "n\($0).test", "n\($0 + 1).test") }
    let answer = try read(message(links + [.a("n40.test", [1, 2, 3, 4])]))
    #expect(answer.chain == .tooLong)
    #expect(answer.addresses.isEmpty)
  }

  @Test func addressesBeyondTheBoundAreCounted() throws {
    let many = (0..<2000).map { DNSWire.Record.a("api.test", [10, 0, UInt8($0 / 256), UInt8($0 % 256)]) }
    let answer = try read(message(many))
    #expect(answer.addresses.count == DNSMessageReader.addressesMax)
    #expect(answer.addressesOmitted == 2000 - DNSMessageReader.addressesMax)
  }

  @Test func aNegativeAnswerTellsItsTTL() throws {
    let byMinimum = DNSWire.response(
      name: "api.test", type: 1, rcode: 3, authorities: [.soa("test", ttl: 900, minimum: 12)])
    #expect(try read(byMinimum).negativeTTL == 12)
    #expect(try read(byMinimum).rcode == 3)
    let byTTL = DNSWire.response(name: "api.test", type: 1, authorities: [.soa("test", ttl: 4, minimum: 3600)])
    #expect(try read(byTTL).negativeTTL == 4)
  }

  @Test func theExtendedCodeIsAdded() throws {
    let opt: [UInt8] = [0] + DNSWire.two(41) + DNSWire.two(1232) + [1, 0, 0, 0] + DNSWire.two(0)
    let bytes = DNSWire.response(name: "api.test", type: 1, rcode: 0, additionals: [opt])
    #expect(try read(bytes).rcode == 16)
  }

  @Test func aTTLWithTheHighestBitIsZero() throws {
    #expect(try read(message([.a("api.test", [1, 1, 1, 1], ttl: 0x8000_0001)])).ttl == 0)
  }

  @Test func recordsOfAnotherClassAreIgnored() throws {
    let record = DNSWire.Record(owner: "api.test", type: 1, data: [1, 1, 1, 1], recordClass: 3)
    #expect(try read(message([record])).addresses.isEmpty)
  }

  @Test func whatIsNoAnswerIsRefused() {
    #expect(throws: DNSMessageError.notAResponse) {
      try read(DNSWire.response(name: "api.test", type: 1, flags: 0x0100))
    }
    #expect(throws: DNSMessageError.questionMismatch) { try read(message([]), .v6) }
    #expect(throws: DNSMessageError.recordLength) {
      try read(message([DNSWire.Record(owner: "api.test", type: 1, data: [1, 2, 3])]))
    }
    #expect(throws: DNSMessageError.cutShort) { try read([]) }
  }

  @Test func pointersOnlyLeadBackwards() throws {
    let head = Array(message([]).prefix(4)) + DNSWire.two(1) + DNSWire.two(1) + [0, 0, 0, 0]
    let question = DNSWire.name("api.test") + DNSWire.two(1) + DNSWire.two(1)
    let rest = DNSWire.two(1) + DNSWire.two(1) + DNSWire.four(30) + DNSWire.two(4) + [9, 9, 9, 9]
    #expect(try read(head + question + [0xC0, 12] + rest).addresses == [.v4(9, 9, 9, 9)])
    let own = UInt8(head.count + question.count)
    #expect(throws: DNSMessageError.forwardPointer) { try read(head + question + [0xC0, own] + rest) }
    #expect(throws: DNSMessageError.forwardPointer) { try read(head + question + [0xC0, own + 4] + rest) }
    // A label, then a pointer back to that label: each jump is backwards, yet the name would never end.
    #expect(throws: DNSMessageError.self) { try read(head + question + [1, 0x61, 0xC0, own] + rest) }
    #expect(throws: DNSMessageError.malformedName) { try read(head + question + [0x80, 0] + rest) }
  }

  @Test func everyPrefixIsRefusedAndNothingTraps() throws {
    let whole = DNSWire.response(
      name: "api.test", type: 1,
      answers: [.cname("api.test", "b.test"), .a("b.test", [1, 2, 3, 4])],
      authorities: [.soa("test", ttl: 1, minimum: 1)])
    _ = try read(whole)
    for length in 0..<whole.count {
      #expect(throws: DNSMessageError.self) { try read(Array(whole.prefix(length))) }
    }
  }

  @Test func changedBytesNeverTrap() {
    let whole = DNSWire.response(
      name: "api.test", type: 1,
      answers: [.cname("api.test", "b.test"), .a("b.test", [1, 2, 3, 4]), .aaaa("b.test", last: 1)],
      authorities: [.soa("test", ttl: 1, minimum: 1)])
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    for _ in 0..<20_000 {
      var bytes = whole
      for _ in 0..<4 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 25)
      }
      let answer = try? read(bytes)
      #expect((answer?.addresses.count ?? 0) <= 1)
    }
  }
}
