internal import SluiceCore

/// Events in the order of time, in a bounded number.
struct EventLedger: Equatable, Sendable {
  /// Events that are held.
  static let eventsMax = 2000
  /// Milliseconds within which the same thing said again is the same event: 1 minute.
  static let repeatMax: Int64 = 60_000

  private struct Key: Hashable, Sendable {
    var product: LogProduct
    var kind: LogEvent.Kind
    var upstream: String?
    var endpoint: String?
    var cause: Cause?
    /// What no proxy tells is known by its words alone.
    var detail: String?
  }

  private(set) var events: [SeenEvent] = []
  private(set) var beyond = 0
  private var latest: [Key: Int] = [:]

  mutating func add(_ seen: SeenEvent) {
    let key = Key(
      product: seen.product, kind: seen.event.kind, upstream: seen.event.upstream, endpoint: seen.event.endpoint,
      cause: seen.event.cause, detail: seen.product == .other ? seen.event.detail : nil)
    if let index = latest[key], Self.isRepeat(events[index], seen) {
      events[index].count += 1
      events[index].last = seen.last ?? events[index].last
      return
    }
    guard events.count < Self.eventsMax else {
      beyond += 1
      return
    }
    latest[key] = events.count
    events.append(seen)
  }

  private static func isRepeat(_ event: SeenEvent, _ seen: SeenEvent) -> Bool {
    guard let last = event.last, let time = seen.first else { return event.last == nil && seen.first == nil }
    return abs(time - last) <= repeatMax
  }
}
