import SluiceCore
import Testing

@Suite("takeover: the newer side")
struct TakeoverTakerTests {
  private static func taker(after events: [TakeoverTaker.Event]) -> TakeoverTaker {
    var taker = TakeoverTaker()
    for event in events { _ = taker.handle(event) }
    return taker
  }

  private static let requested: [TakeoverTaker.Event] = [.connected]
  private static let receiving = requested + [.received(.offer(sockets: 2), descriptors: 0)]
  private static let received = receiving + [.received(.sockets(["a", "b"]), descriptors: 2)]
  private static let prepared = received + [.ready([0])]
  private static let mayAccept = prepared + [.received(.paused, descriptors: 0)]
  private static let confirming = mayAccept + [.accepting]

  @Test func theWholeWay() {
    var taker = TakeoverTaker()
    #expect(taker.handle(.connected) == [.send(.request)])
    #expect(taker.handle(.received(.offer(sockets: 3), descriptors: 0)) == [])
    #expect(taker.handle(.received(.sockets(["a", "b"]), descriptors: 2)) == [.keep(["a", "b"])])
    #expect(taker.handle(.received(.sockets(["c"]), descriptors: 1)) == [.keep(["c"]), .complete])
    #expect(taker.handle(.ready([0, 2])) == [.send(.ready([0, 2]))])
    #expect(taker.handle(.received(.paused, descriptors: 0)) == [.accept])
    #expect(taker.handle(.accepting) == [.send(.accepting)])
    #expect(taker.handle(.received(.released, descriptors: 0)) == [.done])
  }

  @Test("a refusal, silence, an end or nonsense ends it, at each step")
  func failures() {
    let failures: [(TakeoverTaker.Event, TakeoverTaker.Failure)] = [
      (.received(.refused(.busy), descriptors: 0), .refused(.busy)), (.deadlineCame, .late),
      (.malformed(.notOurs), .malformed(.notOurs)), (.received(.request, descriptors: 0), .unexpected),
      (.received(.released, descriptors: 1), .unexpected),
    ]
    for before in [
      Self.requested, Self.receiving, Self.received, Self.prepared, Self.mayAccept, Self.confirming,
    ] {
      for (event, failure) in failures where before != Self.confirming || event != .deadlineCame {
        var taker = Self.taker(after: before)
        #expect(taker.handle(event) == [.fail(failure)], "\(event) after \(before)")
        #expect(taker.handle(event) == [])
      }
    }
    for before in [Self.requested, Self.receiving, Self.received, Self.prepared] {
      var taker = Self.taker(after: before)
      #expect(taker.handle(.closed) == [.fail(.peerLeft)])
    }
  }

  @Test(
    "an older gateway that ends or hangs right after it was told leaves the sockets to us",
    arguments: [TakeoverTaker.Event.closed, .deadlineCame])
  func silenceAfterConfirmation(event: TakeoverTaker.Event) {
    var taker = Self.taker(after: Self.confirming)
    #expect(taker.handle(event) == [.done])
  }

  @Test func nothingToTake() {
    var taker = Self.taker(after: Self.requested)
    #expect(taker.handle(.received(.offer(sockets: 0), descriptors: 0)) == [.fail(.empty)])
  }

  @Test("descriptors must be as many as their names, and no more than were offered")
  func counts() {
    for (labels, descriptors) in [(["a"], 0), (["a"], 2), (["a", "b"], 1)] {
      var taker = Self.taker(after: Self.receiving)
      #expect(
        taker.handle(.received(.sockets(labels), descriptors: descriptors))
          == [.fail(.malformed(.descriptors(descriptors)))])
    }
    for labels in [[], ["a", "b", "c"]] {
      var taker = Self.taker(after: Self.receiving)
      #expect(
        taker.handle(.received(.sockets(labels), descriptors: labels.count)) == [.fail(.unexpected)])
    }
  }

  @Test("nothing is accepted before the older gateway has paused")
  func order() {
    for before in [Self.requested, Self.receiving, Self.received, Self.prepared] {
      var taker = Self.taker(after: before)
      #expect(taker.handle(.accepting) == [.fail(.unexpected)])
    }
    for before in [Self.requested, Self.receiving] {
      var taker = Self.taker(after: before)
      #expect(taker.handle(.ready([])) == [.fail(.unexpected)])
    }
  }
}
