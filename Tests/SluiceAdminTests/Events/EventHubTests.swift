import SluiceIncidents
import Testing

@testable import SluiceAdmin

@Suite("Passing events on", .timeLimit(.minutes(1)))
struct EventHubTests {
  private func deploy(_ number: Int) -> AdminEvent {
    AdminEvent(.deploy, Change(kind: .deploy, time: Int64(number), text: "v\(number)"))
  }

  /// Everything that waits for a listener, which then ends.
  private func rest(_ subscription: EventHub.Subscription, _ hub: EventHub) async -> [String] {
    hub.finish()
    var texts: [String] = []
    for await text in subscription.stream { texts.append(String(decoding: text, as: UTF8.self)) }
    return texts
  }

  @Test("each listener gets each event, with an ID where it is kept")
  func all() async throws {
    let hub = EventHub()
    let first = try #require(hub.subscribe(after: nil, at: 1_000))
    #expect(!first.isResumed)
    hub.publish(deploy(1))
    hub.publish(AdminEvent(.status, ["a": 1]))
    hub.heartbeat()
    #expect(
      await rest(first, hub) == [
        "id: 1000-1\nevent: deploy\ndata: {\"kind\":\"deploy\",\"text\":\"v1\",\"time\":1}\n\n",
        "event: status\ndata: {\"a\":1}\n\n", ": heartbeat\n\n",
      ])
  }

  @Test("one who comes back is sent what it has missed")
  func resume() async throws {
    let hub = EventHub()
    _ = hub.subscribe(after: nil, at: 1_000)
    for number in 1...4 { hub.publish(deploy(number)) }
    let back = try #require(hub.subscribe(after: "1000-2", at: 2_000))
    #expect(back.isResumed)
    #expect(await rest(back, hub).map { $0.prefix(10) } == ["id: 1000-3", "id: 1000-4"])
  }

  @Test(
    "an ID of another row, of too long ago or of nobody begins anew",
    arguments: ["999-2", "1000-999999", "1000-1", "nonsense", "", "1000-", "-1", "1000-2-3"])
  func unknown(_ id: String) async throws {
    let hub = EventHub()
    _ = hub.subscribe(after: nil, at: 1_000)
    for number in 0..<EventHub.historyMax + 8 { hub.publish(deploy(number)) }
    let back = try #require(hub.subscribe(after: id, at: 2_000))
    #expect(!back.isResumed)
  }

  @Test("a slow listener loses events and is told; the others are not held up")
  func slow() async throws {
    let hub = EventHub()
    let slow = try #require(hub.subscribe(after: nil, at: 1_000))
    for number in 0..<EventHub.queueMax + 5 { hub.publish(deploy(number)) }
    // One place becomes free: the notice takes it.
    var reading = slow.stream.makeAsyncIterator()
    _ = await reading.next()
    _ = await reading.next()
    hub.publish(deploy(1_000))
    hub.finish()
    var last: [String] = []
    while let text = await reading.next() { last.append(String(decoding: text, as: UTF8.self)) }
    #expect(last.count == EventHub.queueMax)
    #expect(last[last.count - 2] == "event: dropped\ndata: {\"events\":5}\n\n")
    #expect(last[last.count - 1].contains("v1000"))
  }

  @Test("one that takes nothing is ended, and there are no more than a number")
  func bounds() throws {
    let hub = EventHub()
    var kept: [EventHub.Subscription] = []
    for _ in 0..<EventHub.listenersMax { kept.append(try #require(hub.subscribe(after: nil, at: 1_000))) }
    #expect(hub.subscribe(after: nil, at: 1_000) == nil)
    #expect(hub.listenerCount == kept.count)
    for number in 0..<EventHub.queueMax + EventHub.droppedMax + 1 { hub.publish(deploy(number)) }
    #expect(hub.listenerCount == 0)
    #expect(hub.subscribe(after: nil, at: 1_000) != nil)
  }

  @Test("a listener that goes leaves its place")
  func leave() async throws {
    let hub = EventHub()
    do {
      let subscription = try #require(hub.subscribe(after: nil, at: 1_000))
      hub.publish(deploy(1))
      for await _ in subscription.stream { break }
    }
    while hub.listenerCount > 0 { await Task.yield() }
    #expect(hub.isWatched(at: 1_500, within: 1_000) && !hub.isWatched(at: 2_500, within: 1_000))
  }
}
