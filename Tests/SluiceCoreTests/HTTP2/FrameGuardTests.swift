import SluiceWire
import Testing

@testable import SluiceCore

@Suite struct FrameGuardTests {
  /// Frames of one kind until the connection ends; nil: it never does.
  private static func flood(
    _ frame: (inout HTTP2Pair) -> [UInt8], most: Int = 20_000, apart: TimeSpan = .microseconds(10)
  ) -> (rule: HTTP2Rule?, code: HTTP2ErrorCode?, count: Int) {
    var pair = HTTP2Pair()
    var now = Instant(nanoseconds: 1_000_000_000)
    for count in 1...most {
      pair.server.take(frame(&pair), at: now)
      pair.server.machine.output = []
      if let fault = pair.server.failure { return (fault.rule, fault.code, count) }
      pair.server.events = []
      now = now + apart
    }
    return (nil, nil, most)
  }

  private static func ping(_ pair: inout HTTP2Pair) -> [UInt8] {
    var bytes: [UInt8] = []
    FrameWriting.appendPing(1, isAcknowledgement: false, to: &bytes)
    return bytes
  }

  private static func settings(_ pair: inout HTTP2Pair) -> [UInt8] {
    var bytes: [UInt8] = []
    FrameWriting.appendSettings([(.initialWindowSize, 1)], to: &bytes)
    return bytes
  }

  private static func beginAndReset(_ pair: inout HTTP2Pair) -> [UInt8] {
    let id = pair.client.machine.open()
    var bytes: [UInt8] = []
    FrameWriting.appendHeaders([0x82, 0x86, 0x84], endsStream: true, streamID: id, payloadMax: 16_384, to: &bytes)
    FrameWriting.appendReset(.cancel, streamID: id, to: &bytes)
    return bytes
  }

  @Test func eachFloodEndsTheConnectionWithItsName() {
    let floods: [(HTTP2Rule, (inout HTTP2Pair) -> [UInt8])] = [
      (.pingFlood, Self.ping), (.settingsFlood, Self.settings), (.resetFlood, Self.beginAndReset),
      (.frameFlood, { _ in [0, 0, 4, 8, 0, 0, 0, 0, 0, 0, 0, 0, 1] }),
      (.frameFlood, { _ in [0, 0, 0, 0xEE, 0, 0, 0, 0, 0] }),
      (.frameFlood, { _ in [0, 0, 5, 2, 0, 0, 0, 0, 3, 0, 0, 0, 1, 0] }),
    ]
    for (rule, frame) in floods {
      let seen = Self.flood(frame)
      #expect(seen.rule == rule)
      #expect(seen.code == .enhanceYourCalm)
      #expect(seen.count > 20 && seen.count < 3000, "\(rule) after \(seen.count)")
    }
  }

  @Test func emptyContentIsAFlood() {
    var pair = HTTP2Pair()
    let id = pair.request("POST", ends: false)
    for _ in 0..<1000 where pair.server.failure == nil {
      pair.server.take([0, 0, 0, 0, 0, 0, 0, 0, UInt8(id)], at: Instant(nanoseconds: 0))
    }
    #expect(pair.server.failure?.rule == .emptyDataFlood)
  }

  /// A header that comes before its content is no empty frame, however often.
  @Test func contentThatComesBehindItsHeaderIsNoFlood() {
    var pair = HTTP2Pair()
    let id = pair.request("POST", ends: false)
    for _ in 0..<1000 where pair.server.failure == nil {
      pair.server.take([0, 0, 5, 0, 0, 0, 0, 0, UInt8(id)], at: Instant(nanoseconds: 0))
      pair.server.take(Array("hello".utf8), at: Instant(nanoseconds: 0))
      pair.server.machine.took(5, on: id)
    }
    #expect(pair.server.failure == nil)
    #expect(pair.server.content[id]?.count == 5000)
  }

  @Test func aFaultOnEachStreamIsAFlood() {
    let seen = Self.flood { pair in
      let id = pair.client.machine.open()
      var bytes: [UInt8] = []
      FrameWriting.appendHeaders([0x82, 0x86, 0x84], endsStream: true, streamID: id, payloadMax: 16_384, to: &bytes)
      // Content behind the end.
      FrameWriting.appendDataHeader(length: 0, endsStream: true, streamID: id, to: &bytes)
      return bytes
    }
    #expect(seen.rule == .faultFlood)
  }

  /// What good peers do for hours is none.
  @Test func frequentFramesOverTimeAreNoFlood() {
    #expect(Self.flood(Self.ping, most: 5000, apart: .milliseconds(25)).rule == nil)
    #expect(Self.flood(Self.settings, most: 1000, apart: .milliseconds(250)).rule == nil)
    #expect(Self.flood(Self.beginAndReset, most: 5000, apart: .milliseconds(12)).rule == nil)
  }

  /// Two WINDOW_UPDATEs for each DATA frame of ours are normal at any rate.
  @Test func framesAboutContentThatWeSendAreNoFlood() {
    var pair = HTTP2Pair()
    let id = pair.request()
    pair.respond(id, ends: false)
    for _ in 0..<20_000 {
      pair.server.machine.sent(1000, on: id)
      pair.server.take([0, 0, 4, 8, 0, 0, 0, 0, UInt8(id), 0, 0, 0x03, 0xE8])
      pair.server.take([0, 0, 4, 8, 0, 0, 0, 0, 0, 0, 0, 0x03, 0xE8])
      pair.server.take(Self.ping(&pair))
      pair.server.machine.output = []
      pair.server.events.removeAll { $0 == .nothing }
      if pair.server.failure != nil { break }
    }
    #expect(pair.server.failure == nil)
  }
}
