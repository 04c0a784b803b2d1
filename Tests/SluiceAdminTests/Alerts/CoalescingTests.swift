import SluiceCore
import SluiceIncidents
import Testing

@testable import SluiceAdmin

@Suite struct CoalescingTests {
  @Test func anEndCancelsTheBeginningThatWaits() throws {
    var webhook = try SimulatedWebhook()
    webhook.take(.started(problem("other")))
    _ = try webhook.sent()
    webhook.take(
      .started(problem("a")), .persists(problem("a", firstSeen: noon - 600_000)), .ended(problem("a")),
      .started(problem("b")))
    webhook.finished(.delivered([]))
    let alert = try webhook.delivered()
    #expect(alert.events == [.started(problem("b"))] && alert.untold == 1)
    #expect(webhook.next() == .idle)
    #expect(webhook.queue.counters.cancelled == 3)
    webhook.take(.ended(problem("b")))
    #expect(try webhook.delivered().untold == 0, "it was told")
  }

  @Test func aBeginningCancelsTheEndThatWaits() throws {
    var webhook = try SimulatedWebhook()
    webhook.take(.started(problem("a")))
    _ = try webhook.delivered()
    webhook.take(.started(problem("other")))
    _ = try webhook.sent()
    webhook.take(.ended(problem("a")), .started(problem("a")))
    webhook.finished(.delivered([]))
    // To the receiver it goes on.
    #expect(webhook.next() == .idle)
    webhook.take(.ended(problem("a")))
    #expect(try webhook.delivered().events == [.ended(problem("a"))])
  }

  @Test func whatWasTriedMayHaveArrived() throws {
    var webhook = try SimulatedWebhook()
    webhook.take(.started(problem("a")))
    _ = try webhook.sent()
    webhook.finished(.failed(.timeout, retryAfter: .seconds(60)))
    webhook.take(.ended(problem("a")))
    _ = try webhook.waited()
    #expect(try webhook.delivered().events == [.started(problem("a"))])
    #expect(try webhook.delivered().events == [.ended(problem("a"))])
  }

  @Test func aFlappingProblemIsNoStorm() throws {
    var webhook = try SimulatedWebhook()
    var messages = 0
    for _ in 0..<100 {
      webhook.take(.started(problem()))
      if case .send = webhook.next() {
        messages += 1
        webhook.finished(.delivered([]))
      }
      webhook.take(.ended(problem()))
      if case .send = webhook.next() {
        messages += 1
        webhook.finished(.delivered([]))
      }
      webhook.pass(.milliseconds(500))
    }
    #expect(messages == 10)
    #expect(webhook.queue.left <= 1)
  }

  @Test func aStormIsOneMessageAndASummary() throws {
    var webhook = try SimulatedWebhook()
    for number in 0..<50 {
      webhook.take(.started(problem("\(number)")))
      if number == 0 { _ = try webhook.sent() }
    }
    webhook.finished(.delivered([]))
    #expect(try webhook.delivered().events.count == 49)
    #expect(webhook.next() == .idle)
  }

  @Test func tenInAMinuteAreToldOneByOne() throws {
    var webhook = try SimulatedWebhook()
    for number in 0..<10 { webhook.take(.started(problem("\(number)"))) }
    for _ in 0..<10 { #expect(try webhook.delivered().isSummary == false) }
    webhook.pass(.seconds(20))
    webhook.take(.started(problem("a")), .started(problem("b")))
    #expect(try webhook.waited() == .seconds(40))
    #expect(try webhook.delivered().events == [.started(problem("a"))])
  }

  /// Whatever happens: no minute has more than ten messages, nothing that was delivered is sent again, what waits is
  /// bounded, and each event is accounted for.
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func anything(seed: UInt64) throws {
    var webhook = try SimulatedWebhook("persistsAfter: 5m")
    var random = SplitMix64(seed: seed)
    var begun: [Instant] = []
    var seen: Set<String> = []
    var ended: Set<String> = []
    var current: Alert?
    var taken: UInt64 = 0
    var told: UInt64 = 0
    for _ in 0..<3000 {
      let endpoint = "\(UInt64.random(in: 0..<40, using: &random))"
      switch UInt64.random(in: 0..<10, using: &random) {
      case 0..<3: (webhook.take(.started(problem(endpoint))), taken += 1).1
      case 3: (webhook.take(.persists(problem(endpoint, firstSeen: noon - 600_000))), taken += 1).1
      case 4..<6: (webhook.take(.ended(problem(endpoint))), taken += 1).1
      case 6: webhook.pass(.milliseconds(Int64.random(in: 0..<60_000, using: &random)))
      case 7 where current != nil:
        let outcome = [
          DeliveryOutcome.delivered([]), .delivered([]), .refused(status: 400), .failed(.timeout, retryAfter: nil),
          .failed(.status(503), retryAfter: .seconds(200)),
        ].randomElement(using: &random)
        guard let outcome, let alert = current else { continue }
        webhook.finished(outcome)
        if outcome == .delivered([]) || outcome == .refused(status: 400) {
          ended.insert(alert.id)
          told += UInt64(alert.events.count)
        }
        current = nil
      default:
        guard case .send(let alert) = webhook.next() else { continue }
        #expect(current == nil && !ended.contains(alert.id))
        current = alert
        if seen.insert(alert.id).inserted { begun.append(webhook.now) }
      }
      #expect(webhook.queue.left <= AlertLimits.waitingMax + (current?.events.count ?? AlertLimits.waitingMax))
    }
    for (first, eleventh) in zip(begun, begun.dropFirst(10)) { #expect(eleventh - first >= .seconds(60)) }
    let counters = webhook.queue.counters
    #expect(taken == told + counters.dropped + counters.expired + counters.cancelled + UInt64(counters.waiting))
    #expect(told > 0 && counters.cancelled > 0)
  }
}
