import SluiceCore
import SluiceIncidents
import Testing

@testable import SluiceAdmin

@Suite struct WebhookQueueTests {
  @Test func whatWasDeliveredIsNotSentAgain() throws {
    var webhook = try SimulatedWebhook()
    #expect(webhook.next() == .idle)
    webhook.take(.started(problem()))
    let alert = try webhook.sent()
    #expect(alert.events == [.started(problem())] && alert.time == noon && alert.id.count == 32)
    #expect(webhook.next() == .idle, "it is on its way")
    webhook.finished(.delivered([]))
    webhook.pass(.seconds(7200))
    #expect(webhook.next() == .idle)
    webhook.finished(.failed(.timeout, retryAfter: nil))
    #expect(webhook.next() == .idle, "what ended cannot fail")
    #expect(webhook.queue.counters == AlertCounters(delivered: 1))
    #expect(webhook.queue.takeReports().isEmpty)
  }

  @Test func aFailedOneIsTriedAgainAsItWas() throws {
    var webhook = try SimulatedWebhook()
    webhook.take(.started(problem("a")))
    let first = try webhook.sent()
    webhook.take(.started(problem("b")))
    var longest = TimeSpan.seconds(2)
    for _ in 0..<12 {
      webhook.finished(.failed(.status(500), retryAfter: nil))
      let pause = try webhook.waited()
      #expect(pause > .zero && pause <= longest)
      longest = min(TimeSpan(nanoseconds: longest.nanoseconds * 2), .seconds(300))
      #expect(try webhook.sent() == first)
    }
    webhook.finished(.delivered([]))
    #expect(try webhook.delivered().events == [.started(problem("b"))])
    #expect(
      webhook.queue.takeReports() == [
        .failing(.status(500), place: "127.0.0.1:9"), .working(lost: 0, place: "127.0.0.1:9"),
      ])
    #expect(webhook.queue.counters.failedTries == 12)
  }

  @Test func whatTheReceiverAsksToWaitIsWaited() throws {
    var webhook = try SimulatedWebhook()
    webhook.take(.started(problem()))
    _ = try webhook.sent()
    webhook.finished(.failed(.status(429), retryAfter: .seconds(90)))
    #expect(try webhook.waited() == .seconds(90))
    _ = try webhook.delivered()
  }

  @Test func aRefusedOneIsNotTriedAgain() throws {
    var webhook = try SimulatedWebhook()
    for endpoint in ["a", "b"] {
      webhook.take(.started(problem(endpoint)))
      _ = try webhook.sent()
      webhook.finished(.refused(status: 404))
    }
    #expect(webhook.next() == .idle)
    // Told once, and with the number when it works again.
    #expect(webhook.queue.takeReports() == [.refused(status: 404, place: "127.0.0.1:9")])
    webhook.take(.started(problem("c")))
    _ = try webhook.delivered()
    #expect(webhook.queue.takeReports() == [.working(lost: 2, place: "127.0.0.1:9")])
  }

  @Test func onlyWantedEventsAreSent() throws {
    var webhook = try SimulatedWebhook("events: [ended]")
    webhook.take(.started(problem()), .persists(problem(firstSeen: noon - 600_000)))
    #expect(webhook.next() == .idle)
    webhook.take(.ended(problem()))
    #expect(try webhook.delivered().events == [.ended(problem())])
  }

  @Test func anAlertLivesForAnHour() throws {
    var webhook = try SimulatedWebhook()
    webhook.take(.started(problem("a")))
    _ = try webhook.sent()
    webhook.finished(.failed(.notConnected, retryAfter: .seconds(100_000)))
    webhook.pass(.seconds(600))
    webhook.take(.started(problem("b")))
    #expect(try webhook.waited() == .seconds(3000), "the first one's hour")
    #expect(try webhook.delivered().events == [.started(problem("b"))])
    #expect(webhook.queue.counters.expired == 1)
    #expect(
      webhook.queue.takeReports() == [
        .failing(.notConnected, place: "127.0.0.1:9"), .losing(place: "127.0.0.1:9"),
        .working(lost: 1, place: "127.0.0.1:9"),
      ])
  }

  @Test func whatWaitsIsBoundedAndTheOldestGoes() throws {
    var webhook = try SimulatedWebhook()
    webhook.take(.started(problem("first")))
    _ = try webhook.sent()
    for number in 0..<1000 { webhook.take(.started(problem("\(number)"))) }
    #expect(webhook.queue.left == 257)
    #expect(webhook.queue.counters.dropped == 744)
    webhook.finished(.delivered([]))
    let summary = try webhook.delivered()
    #expect(summary.events.map(\.problem.key.endpoint) == (744..<1000).map { "\($0)" })
    #expect(
      webhook.queue.takeReports() == [.losing(place: "127.0.0.1:9"), .working(lost: 744, place: "127.0.0.1:9")])
  }

  // MARK: Persistence

  @Test func aLongerLimitIsWaitedFor() throws {
    var webhook = try SimulatedWebhook("persistsAfter: 1h")
    webhook.pass(.seconds(600))
    webhook.take(.persists(problem("a")), .persists(problem("b", firstSeen: noon + 60_000)))
    webhook.pass(.seconds(10))
    webhook.take(.ended(problem("b")))
    #expect(try webhook.delivered().events == [.ended(problem("b"))])
    #expect(try webhook.waited() == .seconds(3600 - 610))
    #expect(try webhook.delivered().events == [.persists(problem("a"))])
    #expect(webhook.next() == .idle, "the end of the other came before its hour")
  }

  @Test func aReachedLimitIsToldAtOnce() throws {
    var webhook = try SimulatedWebhook("persistsAfter: 10m")
    webhook.pass(.seconds(600))
    webhook.take(.persists(problem()))
    _ = try webhook.delivered()
  }

  // MARK: The end

  @Test func stoppingTriesAllThatWaitsInOneMessage() throws {
    var webhook = try SimulatedWebhook()
    for number in 0..<10 {
      webhook.take(.started(problem("\(number)")))
      _ = try webhook.delivered()
    }
    webhook.take(.started(problem("a")), .started(problem("b")))
    guard case .wait = webhook.next() else { throw Unexpected(what: "more than ten in a minute") }
    webhook.queue.stop()
    #expect(try webhook.sent().events.count == 2)
    webhook.take(.started(problem("c")))
    webhook.finished(.delivered([]))
    #expect(webhook.next() == .idle && webhook.queue.isDone)
  }

  @Test func stoppingDoesNotWaitForThePause() throws {
    var webhook = try SimulatedWebhook()
    webhook.take(.started(problem("a")))
    let alert = try webhook.sent()
    webhook.finished(.failed(.timeout, retryAfter: .seconds(60)))
    webhook.take(.started(problem("b")))
    _ = webhook.queue.takeReports()
    webhook.queue.stop()
    #expect(try webhook.sent() == alert)
    webhook.finished(.failed(.timeout, retryAfter: nil))
    #expect(webhook.queue.isDone && webhook.next() == .idle)
    #expect(webhook.queue.takeReports() == [.left(2, place: "127.0.0.1:9")])
  }
}
