import SluiceConfiguration
import SluiceCore
import SluiceIncidents
import Testing

@testable import SluiceAdmin

/// A queue with a clock that a test moves.
struct SimulatedWebhook {
  var queue: WebhookQueue
  private(set) var now = Instant(nanoseconds: 1_000_000_000_000)
  private(set) var wall = noon
  var random = SplitMix64(seed: 1)

  init(_ rest: String = "") throws { queue = WebhookQueue(try webhook("http://127.0.0.1:9", rest)) }

  mutating func pass(_ time: TimeSpan) {
    now = now + time
    wall += time.inMilliseconds
  }

  mutating func take(_ events: ProblemEvent...) {
    for event in events { queue.take(event, at: now, wall: wall) }
  }

  mutating func next() -> WebhookQueue.Step { queue.next(at: now, wall: wall, using: &random) }

  mutating func finished(_ outcome: DeliveryOutcome) { queue.finished(outcome, at: now, using: &random) }

  /// What is sent now, which must be something.
  mutating func sent() throws -> Alert {
    guard case .send(let alert) = next() else { throw Unexpected(what: "nothing is sent") }
    return alert
  }

  /// What is sent now, and is delivered.
  mutating func delivered() throws -> Alert {
    let alert = try sent()
    finished(.delivered([]))
    return alert
  }

  /// Lets the time pass until the queue wants to be asked again, and says how long that took.
  mutating func waited() throws -> TimeSpan {
    guard case .wait(let until) = next() else { throw Unexpected(what: "it does not wait") }
    let time = until - now
    pass(time)
    return time
  }
}
