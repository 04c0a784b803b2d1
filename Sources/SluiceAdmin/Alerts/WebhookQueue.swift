internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceIncidents

/// Decides what is sent to one webhook, and when. A value without a clock, randomness or a socket.
///
/// # Overview
/// `take` adds an event, `next` says what to do, `finished` takes what came of a try. One message is on its way at a
/// time, so that they arrive in order; while it is tried again, the others wait.
///
/// # Why this way
/// - What is no news is not sent: an end whose beginning still waits cancels with it, and so does a beginning with an
///   end that still waits. A message that was tried may have arrived, and is no part of this.
/// - When more wait than may be sent within the minute, all become one summary: a person who is told of a hundred
///   problems one by one reads none of them.
/// - A message that was made is kept as it is, with its ID, until it is delivered, refused or too old. So a receiver
///   can tell a repeat by the ID.
///
/// # Not handled here
/// Texts (`AlertDocument`, `SlackMessage`), connections (`DeliveryClient`) and threads (`AlertSender`).
struct WebhookQueue: DeliveryQueue {
  typealias Step = DeliveryStep<Alert>

  private struct Waiting: Sendable {
    var event: ProblemEvent
    /// When it came, which its age counts from.
    var since: Instant
  }

  private struct Message: Sendable {
    var alert: Alert
    /// Of the oldest of its events.
    var since: Instant
    var failedTries = 0
    /// nil: on its way.
    var nextTry: Instant?
  }

  private(set) var configuration: AlertConfiguration
  private var waiting: [Waiting] = []
  /// Problems whose limit is longer than the one they were told at, and when theirs is reached.
  private var held: [(due: Instant, event: ProblemEvent)] = []
  private var message: Message?
  /// When the messages of the last minute were sent first, the oldest first.
  private var sentAt: [Instant] = []
  private var untold = 0
  private var stops = false
  private(set) var isRetired = false
  private var counted = AlertCounters()
  /// What is to be told; taken by `takeReports`.
  private var reports: [AlertReport] = []
  private var isFailing = false
  private var isLosing = false
  private var lost: UInt64 = 0

  init(_ configuration: AlertConfiguration) { self.configuration = configuration }

  var counters: AlertCounters {
    var counters = counted
    counters.waiting = left
    return counters
  }

  /// Events that wait, those of the message on its way included.
  var left: Int { waiting.count + (message?.alert.events.count ?? 0) }

  var isDone: Bool { left == 0 || isRetired }

  private var place: String { configuration.url.place }

  mutating func takeReports() -> [AlertReport] {
    defer { reports = [] }
    return reports
  }

  /// A reload's new settings of the same webhook.
  mutating func adopt(_ configuration: AlertConfiguration) { self.configuration = configuration }

  // MARK: Events

  /// Takes an event.
  ///
  /// - Parameter wall: Unix time in milliseconds.
  mutating func take(_ event: ProblemEvent, at now: Instant, wall: Int64) {
    guard !isRetired, !stops else { return }
    let key = event.problem.key
    switch event {
    case .started:
      // The receiver was told of it before and not of its end: for him it goes on.
      if remove(.ended, key) { return counted.cancelled += 2 }
    case .persists(let problem):
      let age = TimeSpan.milliseconds(min(max(wall - problem.firstSeen, 0), 1 << 40))
      if configuration.events.contains(.persists), age < configuration.persistsAfter {
        let rest = TimeSpan(nanoseconds: configuration.persistsAfter.nanoseconds - age.nanoseconds)
        return hold(event, until: now + rest)
      }
    case .ended:
      held.removeAll { $0.event.problem.key == key }
      if remove(.persists, key) { counted.cancelled += 1 }
      if remove(.started, key) {
        counted.cancelled += 2
        untold += 1
        return
      }
    }
    if configuration.events.contains(event.kind) { append(event, since: now) }
  }

  private mutating func append(_ event: ProblemEvent, since: Instant) {
    if waiting.count >= AlertLimits.waitingMax {
      waiting.removeFirst()
      counted.dropped += 1
      lose(1)
    }
    waiting.append(Waiting(event: event, since: since))
  }

  private mutating func hold(_ event: ProblemEvent, until due: Instant) {
    if held.count >= AlertLimits.heldMax {
      held.removeFirst()
      counted.dropped += 1
      lose(1)
    }
    held.append((due, event))
  }

  private mutating func remove(_ kind: AlertConfiguration.Event, _ key: ProblemKey) -> Bool {
    guard let index = waiting.firstIndex(where: { $0.event.kind == kind && $0.event.problem.key == key }) else {
      return false
    }
    waiting.remove(at: index)
    return true
  }

  private mutating func lose(_ count: Int) {
    lost += UInt64(count)
    guard !isLosing else { return }
    isLosing = true
    reports.append(.losing(place: place))
  }

  // MARK: Sending

  /// Says what to do.
  ///
  /// - Parameters:
  ///   - wall: Unix time in milliseconds, for a message that is made.
  ///   - random: for its ID.
  mutating func next(at now: Instant, wall: Int64, using random: inout some RandomNumberGenerator) -> Step {
    guard !isRetired else { return .idle }
    if let message, message.nextTry == nil { return .idle }
    release(at: now)
    expire(at: now)
    if let step = again(at: now) { return step }
    guard !waiting.isEmpty else { return held.map(\.due).min().map { .wait(until: $0) } ?? .idle }
    sentAt.removeAll { now - $0 >= AlertLimits.minute }
    let free = AlertLimits.perMinuteMax - sentAt.count
    if free <= 0, !stops, let oldest = sentAt.first { return .wait(until: oldest + AlertLimits.minute) }
    let count = stops || waiting.count > free ? waiting.count : 1
    return .send(begin(count, at: now, wall: wall, using: &random))
  }

  /// Makes a message of the first events that wait.
  private mutating func begin(
    _ count: Int, at now: Instant, wall: Int64, using random: inout some RandomNumberGenerator
  ) -> Alert {
    let taken = waiting.prefix(count)
    let alert = Alert(
      id: Self.hex(random.next()) + Self.hex(random.next()), events: taken.map(\.event), time: wall, untold: untold)
    message = Message(alert: alert, since: taken.map(\.since).min() ?? now)
    waiting.removeFirst(count)
    sentAt.append(now)
    if sentAt.count > AlertLimits.perMinuteMax { sentAt.removeFirst() }
    return alert
  }

  /// The message that failed before, if there is one: when, or that it is time.
  private mutating func again(at now: Instant) -> Step? {
    guard let message, let nextTry = message.nextTry else { return nil }
    guard now >= nextTry || stops else { return .wait(until: min(nextTry, message.since + AlertLimits.age)) }
    self.message?.nextTry = nil
    return .send(message.alert)
  }

  private mutating func release(at now: Instant) {
    let due = held.filter { $0.due <= now }
    guard !due.isEmpty else { return }
    held.removeAll { $0.due <= now }
    for (_, event) in due where configuration.events.contains(.persists) { append(event, since: now) }
  }

  private mutating func expire(at now: Instant) {
    var count = waiting.prefix { now - $0.since >= AlertLimits.age }.count
    waiting.removeFirst(count)
    if let message, now - message.since >= AlertLimits.age {
      count += message.alert.events.count
      self.message = nil
    }
    guard count > 0 else { return }
    counted.expired += UInt64(count)
    lose(count)
  }

  /// Takes what came of the try that `next` asked for.
  ///
  /// - Parameter random: for the pause before the next try.
  mutating func finished(
    _ outcome: DeliveryOutcome, at now: Instant, using random: inout some RandomNumberGenerator
  ) {
    guard !isRetired, var message, message.nextTry == nil else { return }
    switch outcome {
    case .delivered:
      self.message = nil
      counted.delivered += 1
      untold -= min(untold, message.alert.untold)
      if isFailing || isLosing { reports.append(.working(lost: lost, place: place)) }
      (isFailing, isLosing, lost) = (false, false, 0)
    case .refused(let status):
      self.message = nil
      counted.refused += 1
      lost += UInt64(message.alert.events.count)
      fail(.refused(status: status, place: place))
    case .failed(let failure, let retryAfter):
      counted.failedTries += 1
      message.failedTries += 1
      message.nextTry =
        now + RetryRule.alerts.pause(tries: message.failedTries, retryAfter: retryAfter, random: random.next())
      self.message = message
      fail(.failing(failure, place: place))
      if stops { retire() }
    }
  }

  private mutating func fail(_ report: AlertReport) {
    guard !isFailing else { return }
    isFailing = true
    reports.append(report)
  }

  private static func hex(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  // MARK: The end

  mutating func stop() { stops = true }

  mutating func retire() {
    guard !isRetired else { return }
    if left > 0 { reports.append(.left(left, place: place)) }
    isRetired = true
  }
}
