import Foundation
import SluiceIncidents
import Testing

@testable import SluiceAdmin

@Suite("Events of a gateway", .timeLimit(.minutes(1)))
struct AdminPulseTests {
  private func kinds(_ subscription: EventHub.Subscription) async -> [String] {
    var kinds: [String] = []
    for await text in subscription.stream {
      let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
      kinds.append(lines.first { $0.hasPrefix("event: ") }.map { String($0.dropFirst(7)) } ?? "comment")
    }
    return kinds
  }

  @Test("what is there already is no event; what is new is one, once")
  func news() async throws {
    let (noted, fixture) = (Noted(), try StoreFixture())
    let pulse = AdminPulse(.sample(noted, store: fixture.path))
    let subscription = try #require(pulse.hub.subscribe(after: nil, at: AdminSource.time))
    noted.changes.withLock { $0 = [Change(kind: .deploy, time: 1, text: "v1")] }
    await pulse.look()
    noted.changes.withLock { $0.insert(Change(kind: .deploy, time: 2, text: "v2"), at: 0) }
    try fixture.addMore()
    await pulse.look()
    await pulse.look()
    pulse.hub.finish()
    #expect(
      await kinds(subscription) == [
        "status", "upstreams", "status", "upstreams", "traffic", "deploy", "problem", "status", "upstreams", "traffic",
      ])
  }

  @Test("who begins is told what there is; who nobody listens to looks at nothing")
  func greeting() async throws {
    let fixture = try StoreFixture()
    let pulse = AdminPulse(.sample(store: fixture.path))
    #expect(await pulse.greeting().map(\.kind) == [.status, .upstreams, .problem, .problem])
    await pulse.look()
    let late = try #require(pulse.hub.subscribe(after: nil, at: AdminSource.time))
    pulse.hub.finish()
    #expect(await kinds(late) == [])
  }
}
