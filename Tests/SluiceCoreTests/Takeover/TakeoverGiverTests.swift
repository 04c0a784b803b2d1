import SluiceCore
import Testing

@Suite("takeover: the older side")
struct TakeoverGiverTests {
  private static func giver(after events: [TakeoverGiver.Event] = []) -> TakeoverGiver {
    var giver = TakeoverGiver()
    for event in events { _ = giver.handle(event) }
    return giver
  }

  private static let asked: [TakeoverGiver.Event] = [.received(.request)]
  private static let offered = asked + [.granted(sockets: 3)]
  private static let pausing = offered + [.received(.ready([0, 2]))]
  private static let paused = pausing + [.paused]
  private static let releasing = paused + [.received(.accepting)]

  @Test func theWholeWay() {
    var giver = TakeoverGiver()
    #expect(giver.handle(.received(.identify)) == [.sendIdentity])
    #expect(giver.handle(.received(.request)) == [.ask])
    #expect(giver.handle(.granted(sockets: 3)) == [.send(.offer(sockets: 3)), .sendSockets(0..<3)])
    #expect(giver.handle(.received(.ready([0, 2]))) == [.pause([0, 2])])
    #expect(giver.handle(.paused) == [.send(.paused)])
    #expect(giver.handle(.received(.accepting)) == [.release([0, 2])])
    #expect(!giver.isEnded)
    #expect(giver.handle(.stopped) == [.send(.released), .close])
    #expect(giver.isEnded)
  }

  @Test("many sockets go in several messages, each within what one may carry")
  func parts() {
    var giver = Self.giver(after: Self.asked)
    #expect(
      giver.handle(.granted(sockets: 130))
        == [.send(.offer(sockets: 130)), .sendSockets(0..<64), .sendSockets(64..<128), .sendSockets(128..<130)])
  }

  private static let failures: [(TakeoverGiver.Event, TakeoverGiver.Failure, TakeoverRefusal?)] = [
    (.closed, .peerLeft, nil), (.deadlineCame, .late, .late),
    (.malformed(.notOurs), .malformed(.notOurs), .malformed),
    (.malformed(.version(2)), .malformed(.version(2)), .otherVersion),
    (.received(.released), .unexpected, .malformed), (.received(.identity(identity)), .unexpected, .malformed),
  ]

  @Test("whatever a peer does before it accepts, the gateway goes on, and is told so where it was asked")
  func failing() {
    for (event, failure, refusal) in Self.failures {
      let told: [TakeoverGiver.Effect] = refusal.map { [.send(.refused($0))] } ?? []
      var waiting = Self.giver()
      #expect(waiting.handle(event) == told + [.close], "\(event)")
      for before in [Self.offered, Self.paused] {
        var giver = Self.giver(after: before)
        #expect(giver.handle(event) == told + [.keep(failure), .close], "\(event) after \(before)")
        #expect(giver.isEnded)
      }
    }
  }

  @Test("a peer that fails while the gateway is asked is dropped when the gateway has answered")
  func failingMeanwhile() {
    for (event, failure, refusal) in Self.failures {
      let told: [TakeoverGiver.Effect] = refusal.map { [.send(.refused($0))] } ?? []
      for (before, answer) in [(Self.asked, TakeoverGiver.Event.granted(sockets: 3)), (Self.pausing, .paused)] {
        var giver = Self.giver(after: before)
        #expect(giver.handle(event) == told, "\(event) after \(before)")
        #expect(giver.handle(.closed) == [], "told once")
        #expect(giver.handle(answer) == [.keep(failure), .close])
        #expect(giver.isEnded)
      }
      var denied = Self.giver(after: Self.asked + [event])
      #expect(denied.handle(.denied(.busy)) == [.close], "nothing was granted, nothing is to be kept")
    }
  }

  private static let identity = TakeoverIdentity(process: 1, name: "", generation: 1, addresses: [])

  @Test func asksTwice() {
    var giver = Self.giver(after: Self.offered)
    #expect(
      giver.handle(.received(.request)) == [.send(.refused(.malformed)), .keep(.unexpected), .close])
  }

  @Test func acceptingBeforeTheOfferIsNotBelieved() {
    for before in [[], Self.asked, Self.offered, Self.pausing] {
      var giver = Self.giver(after: before)
      let effects = giver.handle(.received(.accepting)) + giver.handle(.paused) + giver.handle(.stopped)
      #expect(!effects.contains(.release([0, 2])) && !effects.contains(.send(.paused)))
    }
  }

  @Test func socketsThatWereNotOfferedAreNotReleased() {
    var giver = Self.giver(after: Self.offered)
    #expect(
      giver.handle(.received(.ready([3]))) == [.send(.refused(.malformed)), .keep(.places), .close])
  }

  @Test func aDenialIsTold() {
    var giver = Self.giver(after: Self.asked)
    #expect(giver.handle(.denied(.busy)) == [.send(.refused(.busy)), .close])
  }

  @Test("once the peer accepts there is no way back", arguments: [TakeoverGiver.Event.closed, .deadlineCame])
  func pointOfNoReturn(event: TakeoverGiver.Event) {
    var giver = Self.giver(after: Self.releasing)
    #expect(giver.handle(event) == [])
    #expect(giver.handle(.stopped) == [.send(.released), .close])
  }

  @Test func nothingHappensAfterTheEnd() {
    var giver = Self.giver(after: Self.releasing + [.stopped])
    for event in [TakeoverGiver.Event.closed, .stopped, .deadlineCame, .received(.request), .granted(sockets: 1)] {
      #expect(giver.handle(event) == [])
    }
  }
}
