import SluiceCore
import Testing

@Suite("takeover messages")
struct TakeoverMessageTests {
  static let all: [TakeoverMessage] =
    [
      .identify, .request, .paused, .accepting, .released, .offer(sockets: 3), .ready([0, 2, 300]),
      .sockets(["127.0.0.1:8080", "unix:/run/s.sock"]),
      .identity(
        TakeoverIdentity(process: 4711, name: "sluice-1", generation: .max, addresses: ["127.0.0.1:0", "[::]:80"])),
    ] + TakeoverRefusal.allCases.map(TakeoverMessage.refused)

  @Test(arguments: all)
  func roundTrip(message: TakeoverMessage) throws {
    #expect(try TakeoverMessage(message.encoded) == message)
  }

  @Test("what is cut anywhere, or longer by a byte, is no message", arguments: all)
  func bounds(message: TakeoverMessage) {
    let bytes = message.encoded
    for length in bytes.indices {
      #expect(throws: TakeoverFault.truncated) { try TakeoverMessage(Array(bytes[..<length])) }
    }
    #expect(throws: TakeoverFault.excess) { try TakeoverMessage(bytes + [0]) }
  }

  @Test("every byte changed to every value is a message or a fault", arguments: all)
  func changed(message: TakeoverMessage) {
    var bytes = message.encoded
    for place in bytes.indices {
      let original = bytes[place]
      for value in UInt8.min ... .max {
        bytes[place] = value
        let read = try? TakeoverMessage(bytes)
        // What is read can be written again.
        if let read { #expect(read.encoded == bytes) }
      }
      bytes[place] = original
    }
  }

  @Test func foreignBytes() {
    #expect(throws: TakeoverFault.notOurs) { try TakeoverMessage(Array("GET / HTTP/1.1".utf8)) }
    #expect(throws: TakeoverFault.version(2)) { try TakeoverMessage(Array("SLTO".utf8) + [2, 1]) }
    #expect(throws: TakeoverFault.kind(11)) { try TakeoverMessage(Array("SLTO".utf8) + [1, 11]) }
    #expect(throws: TakeoverFault.tooLong) {
      try TakeoverMessage([UInt8](repeating: 0, count: TakeoverMessage.bytesMax + 1))
    }
  }

  @Test("numbers and texts beyond their bounds are refused")
  func values() {
    let head = Array("SLTO".utf8) + [1]
    // More sockets than an offer may hold, more texts than one message may, a text that is too long or not UTF-8.
    for tail: [UInt8] in [
      [4, 0x10, 0x01], [5, 0, 65], [5, 0, 1, 0, 129], [5, 0, 1, 0, 1, 0xFF], [6, 0, 1, 0xFF, 0xFF], [10, 0], [10, 77],
    ] {
      #expect(throws: TakeoverFault.value) { try TakeoverMessage(head + tail) }
    }
  }

  @Test("the longest identity fits, and a long text is cut between characters")
  func longest() throws {
    let long = String(repeating: "ä", count: 200)
    let identity = TakeoverIdentity(
      process: 1, name: long, generation: 1, addresses: Array(repeating: long, count: 1000))
    let bytes = TakeoverMessage.identity(identity).encoded
    #expect(bytes.count <= TakeoverMessage.bytesMax)
    guard case .identity(let read) = try TakeoverMessage(bytes) else {
      Issue.record("not an identity")
      return
    }
    #expect(read.addresses.count == TakeoverIdentity.addressesMax)
    #expect(read.addresses.allSatisfy { $0 == String(repeating: "ä", count: 64) })
  }
}
