import SluiceWire
import Testing

@testable import SluiceCore

@Suite struct HTTP2ConnectionTests {
  @Test func aRequestAndItsResponseAreOneStreamThatEnds() {
    var pair = HTTP2Pair()
    let id = pair.request()
    #expect(pair.server.events == [.head(streamID: 1, endsStream: true)])
    #expect(pair.server.heads[0].contains(":path: /\r\n"))
    pair.respond(id)
    #expect(pair.client.events.contains(.head(streamID: 1, endsStream: true)))
    #expect(pair.client.machine.streamCount == 0)
    #expect(pair.server.machine.streamCount == 0)
  }

  @Test func informationalHeadsDoNotCountAsTheResponse() {
    var pair = HTTP2Pair()
    let id = pair.request()
    pair.respond(id, status: 103, ends: false)
    pair.respond(id, status: 200)
    #expect(
      pair.client.events == [.head(streamID: id, endsStream: false), .head(streamID: id, endsStream: true)])
  }

  @Test func trailersEndAStream() {
    var pair = HTTP2Pair()
    let id = pair.request()
    pair.respond(id, ends: false)
    var block: [UInt8] = []
    HPACKEncoder.append(name: Array("grpc-status".utf8).span.bytes, value: Array("0".utf8).span.bytes, to: &block)
    FrameWriting.appendHeaders(
      block, endsStream: true, streamID: id, payloadMax: 16_384, to: &pair.server.machine.output)
    pair.exchange()
    #expect(pair.client.events.last == .trailers(streamID: id))
    #expect(pair.client.heads.last == "grpc-status: 0\r\n")
  }

  @Test func trailersThatDoNotEndTheStreamCostTheStream() {
    var pair = HTTP2Pair()
    let id = pair.request()
    pair.respond(id, ends: false)
    pair.respond(id, ends: false)
    #expect(pair.client.events.last == .streamFailed(streamID: id, .trailersUnended))
    #expect(pair.server.events.contains(.reset(streamID: id, .protocolError)))
    #expect(pair.client.failure == nil)
  }

  @Test func contentStopsAtTheWindowAndGoesOnWhenItWasTaken() {
    var pair = HTTP2Pair(limits: HTTP2Limits(streamWindow: 1000, connectionWindow: 100_000))
    let id = pair.request("POST", ends: false)
    #expect(sendContent(5000, ends: true, on: id, from: &pair.client.machine) == 1000)
    #expect(pair.client.machine.sendable(id) == 0)
    pair.exchange()
    pair.server.machine.took(499, on: id)
    pair.exchange()
    #expect(pair.client.machine.sendable(id) == 0, "told before half of the window was taken")
    pair.server.machine.took(1, on: id)
    pair.exchange()
    #expect(pair.client.machine.sendable(id) == 500)
    #expect(pair.client.events.contains(.windowOpened(streamID: id)))
  }

  @Test func moreContentThanTheWindowCostsTheStream() {
    var pair = HTTP2Pair(limits: HTTP2Limits(streamWindow: 1000, connectionWindow: 100_000))
    let id = pair.request("POST", ends: false)
    FrameWriting.appendDataHeader(length: 1001, endsStream: false, streamID: id, to: &pair.client.machine.output)
    pair.client.machine.output += [UInt8](repeating: 0, count: 1001)
    pair.exchange()
    #expect(pair.server.events.last == .streamFailed(streamID: id, .windowExceeded))
  }

  @Test func moreContentThanTheConnectionsWindowCostsTheConnection() {
    var pair = HTTP2Pair(limits: HTTP2Limits(streamWindow: 100_000, connectionWindow: 65_535))
    var sent = 0
    for _ in 0..<5 {
      let id = pair.request("POST", ends: false)
      FrameWriting.appendDataHeader(length: 16_000, endsStream: false, streamID: id, to: &pair.client.machine.output)
      pair.client.machine.output += [UInt8](repeating: 0, count: 16_000)
      pair.exchange()
      sent += 16_000
    }
    #expect(pair.server.failure == HTTP2Fault(.windowExceeded))
    #expect(pair.server.content.values.reduce(0) { $0 + $1.count } <= 65_535)
  }

  /// What a stream that ends had not taken is the connection's again.
  @Test func aStreamThatEndsGivesTheConnectionItsWindowBack() {
    var pair = HTTP2Pair(limits: HTTP2Limits(streamWindow: 65_535, connectionWindow: 65_535))
    for _ in 0..<20 {
      let id = pair.request("POST", ends: false)
      #expect(sendContent(16_000, ends: false, on: id, from: &pair.client.machine) == 16_000)
      pair.exchange()
      pair.client.machine.reset(id, .cancel)
      pair.exchange()
    }
    #expect(pair.server.failure == nil)
  }

  @Test func anotherInitialWindowMovesTheWindowsOfAllStreams() {
    var pair = HTTP2Pair()
    let id = pair.request("POST", ends: false)
    let before = pair.client.machine.sendable(id)
    FrameWriting.appendSettings([(.initialWindowSize, 10)], to: &pair.server.machine.output)
    pair.exchange()
    #expect(before > 10)
    #expect(pair.client.machine.sendable(id) == 10)
    #expect(sendContent(100, ends: false, on: id, from: &pair.client.machine) == 10)
    FrameWriting.appendSettings([(.initialWindowSize, 0)], to: &pair.server.machine.output)
    pair.exchange()
    #expect(pair.client.machine.sendable(id) == 0)
  }

  @Test func streamsBeyondTheLimitAreRefusedAndCostNothingElse() {
    var pair = HTTP2Pair(limits: HTTP2Limits(streamsMax: 2))
    let ids = (0..<2).map { _ in pair.request(ends: true) }
    #expect(!pair.client.machine.mayOpen)
    let refused = pair.request()
    #expect(pair.client.events.last == .reset(streamID: refused, .refusedStream))
    pair.respond(ids[0])
    #expect(pair.client.machine.mayOpen)
    #expect(pair.client.failure == nil)
  }

  @Test(arguments: [(5, HTTP2Rule.contentShort), (15, .contentExcess)])
  func contentThatIsNotAsLongAsDeclaredCostsTheStream(_ count: Int, _ rule: HTTP2Rule) {
    var pair = HTTP2Pair()
    let id = pair.request("POST", ends: false)
    pair.server.machine.expect(10, on: id)
    _ = sendContent(count, ends: true, on: id, from: &pair.client.machine)
    pair.exchange()
    #expect(pair.server.events.last == .streamFailed(streamID: id, rule))
  }

  @Test func aWarningStillTakesStreamsAndTheLastWordDoesNot() {
    var pair = HTTP2Pair()
    pair.server.machine.goAway(isFinal: false)
    let begun = pair.client.machine.open()
    pair.server.take(Self.get(begun))
    #expect(pair.server.events.last == .head(streamID: begun, endsStream: true))
    pair.server.machine.goAway()
    let late = pair.client.machine.open()
    pair.server.take(Self.get(late))
    #expect(pair.server.events.last == .nothing)
    pair.client.take(pair.server.say())
    #expect(pair.client.events.last == .goneAway(lastStreamID: begun, .noError))
    #expect(!pair.client.machine.mayOpen)
  }

  private static func get(_ id: UInt32) -> [UInt8] {
    var bytes: [UInt8] = []
    FrameWriting.appendHeaders([0x82, 0x86, 0x84], endsStream: true, streamID: id, payloadMax: 16_384, to: &bytes)
    return bytes
  }

  /// What was on its way to a stream that we have reset is ignored, and counts.
  @Test func framesOfAStreamThatWasResetAreIgnored() {
    var pair = HTTP2Pair()
    let id = pair.request("POST", ends: false)
    pair.server.machine.reset(id, .cancel)
    _ = sendContent(100, ends: true, on: id, from: &pair.client.machine)
    pair.exchange()
    #expect(pair.server.failure == nil)
    #expect(pair.server.content.isEmpty)
  }

  @Test(arguments: [
    ([0, 0, 4, 8, 0, 0, 0, 0, 0, 0, 0, 0, 1], HTTP2Rule.settingsMissing),
    ([0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 2], .settingValue),
    ([0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 4, 8, 0, 0, 0, 0, 1, 0, 0, 0, 1], .streamIdle),
    ([0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 1, 1, 5, 0, 0, 0, 2, 0x82], .streamOrder),
    ([0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 1, 1, 5, 0, 0, 0, 1, 0xFF], .compression),
    ([0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 4, 8, 0, 0, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF], .windowOverflow),
  ])
  func aFaultOfTheConnectionEndsIt(_ bytes: [UInt8], _ rule: HTTP2Rule) {
    var server = HTTP2Peer(.downstream)
    server.machine.start()
    HTTP2Connection.preface.withUTF8Buffer { server.take(Array($0)) }
    _ = server.say()
    server.take(bytes)
    #expect(server.failure?.rule == rule)
    // GOAWAY is the last that it says.
    #expect(server.say().suffix(17).prefix(4) == [0, 0, 8, 7])
    server.take([0, 0, 0, 4, 0, 0, 0, 0, 0])
    #expect(server.machine.output.isEmpty)
  }

  @Test func anotherPrefaceIsNoHTTP2() {
    var server = HTTP2Peer(.downstream)
    server.take(Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r".utf8))
    #expect(server.failure == nil)
    server.take([0x0D])
    #expect(server.failure?.rule == .preface)
  }

  @Test func aHeaderBlockIsBoundedInBytesAndFrames() {
    var limits = HTTP2Limits(blockMax: 1000)
    limits.blockFramesMax = 4
    for (fragment, frames) in [(600, 2), (1, 5)] {
      var pair = HTTP2Pair(limits: limits)
      let id = pair.client.machine.open()
      for index in 0..<frames {
        let bytes = [0, UInt8(fragment >> 8), UInt8(fragment & 255), index == 0 ? 1 : 9, 0, 0, 0, 0, UInt8(id)]
        pair.client.machine.output += bytes + [UInt8](repeating: 0x82, count: fragment)
      }
      pair.exchange()
      #expect(pair.server.failure?.rule == .headerBlockTooLong)
      #expect(pair.server.failure?.code == .enhanceYourCalm)
    }
  }
}
