import SluiceWire
import TestSupport
import Testing

@testable import SluiceCore

/// Bytes that were not made for us: each run ends, and cuts change nothing.
@Suite struct HTTP2BytesTests {
  private static func run(_ bytes: [UInt8], cuts: [Int]) -> [String] {
    var server = HTTP2Peer(.downstream)
    server.machine.start()
    for (start, end) in zip([0] + cuts, cuts + [bytes.count]) { server.take(Array(bytes[start..<end])) }
    // Content comes as it arrives, so that a cut divides it.
    var said = server.events.compactMap { event -> String? in
      if case .data = event { return nil }
      if event == .nothing { return nil }
      return "\(event)"
    }
    said += server.content.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.count)" }
    return said
  }

  @Test(.enabled(if: Corpus.folder != nil, "\(Corpus.missing)"))
  func recordedClientsAreReadTheSameWayWhereverTheyAreCut() throws {
    let inputs = try Corpus.contents("h2spec-bytes")
    #expect(inputs.count > 100)
    var random = SplitMix64(seed: 1)
    for input in inputs {
      let bytes = input.bytes
      let whole = Self.run(bytes, cuts: [])
      for _ in 0..<4 where bytes.count > 1 {
        let cuts = (0..<5).map { _ in Int(random.next() % UInt64(bytes.count)) }.sorted()
        #expect(Self.run(bytes, cuts: cuts) == whole, "\(input.name) cut at \(cuts)")
      }
      #expect(Self.run(bytes, cuts: Array(1..<max(bytes.count, 1))) == whole)
    }
  }

  /// Frames at random, most of them nearly right, to both roles.
  @Test func randomFramesEndOrAreTaken() {
    var random = SplitMix64(seed: 42)
    for _ in 0..<3000 {
      var peer = HTTP2Peer(random.next() & 1 == 0 ? .downstream : .upstream)
      peer.machine.start()
      if peer.machine.side == .downstream { HTTP2Connection.preface.withUTF8Buffer { peer.take(Array($0)) } }
      for _ in 0..<3 where peer.machine.side == .upstream { _ = peer.machine.open() }
      peer.take([0, 0, 0, 4, 0, 0, 0, 0, 0])
      for _ in 0..<30 where peer.failure == nil {
        let length = Int(random.next() % 20)
        var frame: [UInt8] = [0, 0, UInt8(length), UInt8(random.next() % 11), UInt8(random.next() % 64), 0, 0, 0]
        frame.append(UInt8(random.next() % 8))
        for _ in 0..<length { frame.append(random.next() & 3 == 0 ? UInt8(random.next() % 256) : 0x82) }
        peer.take(frame)
        if random.next() & 7 == 0, let id = peer.machine.streamIDs.first { peer.machine.reset(id, .cancel) }
        if random.next() & 3 == 0, let id = peer.machine.streamIDs.first { peer.machine.took(10, on: id) }
      }
      #expect(peer.machine.streamCount <= peer.machine.limits.streamsMax)
    }
  }
}
