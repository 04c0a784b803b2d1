/// How many requests one upstream is given at a time, found from how long it takes to answer.
///
/// # Overview
/// A value for the whole process. Workers hand in `AdaptiveSamples`; a window of them is one measurement. The limit
/// then is (latency without a queue × tolerance ÷ latency now) × limit + √limit: the gradient of Envoy's adaptive
/// concurrency filter and of Netflix's Gradient2, clamped to 0.5...2, with the square root as headroom for bursts.
///
/// # Why this way
/// The formula needs the latency without a queue, and under lasting overload nothing shows it. Envoy finds it by
/// letting 3 requests through for a while, which sheds healthy traffic; Gradient2 takes a long average, which follows
/// an overload upwards. Here every change of the limit is an experiment. In an upstream that queues, latency is
/// proportional to the requests in progress; in one that does not, it stays. So a window behind a change tells which it
/// is, and three things follow:
/// - **Probe**: the limit is halved for as long as that makes answers faster, and at most down to the floor. The last
///   halving that helped nobody costs one window, and what waits meanwhile waits in the queue.
/// - **Slower, not busier**: where a lower limit does not make answers faster, the upstream became slower by itself
///   (a deploy). The limit goes back to where it was and the new latency is what is normal.
/// - Only a window in which half of the answers had waited for a permit lowers the limit. Traffic that does not reach
///   the limit is healthy by definition, and is never shed because of a latency.
///
/// # Not handled here
/// The queue in front of the limit, and the permits (`PermitWord`).
public struct AdaptiveLimit: Sendable {
  /// Why the limit is what it is.
  public enum Reason: UInt8, Sendable, CaseIterable {
    /// Nothing was measured yet.
    case started
    /// Requests waited although the upstream answers as fast as without a queue.
    case grew
    /// Answers take longer than without a queue, by more than the tolerance.
    case fell
    /// Measured, and left as it was.
    case held
    /// Lowered for a moment to see how fast answers are without a queue.
    case probing
    /// Set from what a probe found.
    case probed
    /// A probe got no answers, or no longer had requests waiting: back to where it was.
    case probeGivenUp
    /// Lowering it did not make answers faster, so it was put back.
    case slower

    public var identifier: String {
      switch self {
      case .started: "started"
      case .grew: "grew"
      case .fell: "fell"
      case .held: "held"
      case .probing: "probing"
      case .probed: "probed"
      case .probeGivenUp: "probe_given_up"
      case .slower: "slower"
      }
    }
  }

  /// A limit, and the latency in nanoseconds that was measured under it.
  struct Point: Sendable, Equatable {
    var limit: Double
    var latency: Double
  }

  enum Phase: Sendable, Equatable {
    /// → adjusting, probing. `before`: where the last change came from, to be compared with what it led to.
    case adjusting(before: Point?)
    /// → probing, adjusting.
    case probing(from: Point, last: Point)
  }

  /// A window has at least this many answers: of a probe 50, as in Envoy's, since it must be short; or 10 after a
  /// second, as in Netflix's.
  static let samplesWanted: UInt32 = 100
  static let probeSamplesWanted: UInt32 = 50
  static let samplesMin: UInt32 = 10
  static let windowMin = TimeSpan.milliseconds(250)
  static let windowLong = TimeSpan.seconds(1)
  /// A window that has too few answers by then says nothing of the present, and is begun anew.
  static let windowMax = TimeSpan.seconds(10)
  /// A probe without any answer for this long, or for four times the latency that it began with, is given up: long
  /// exchanges hold every permit. Less than the second that a request waits by default.
  static let probePatience = TimeSpan.milliseconds(500)
  /// Under lasting overload the latency without a queue is measured anew this often, with up to a fifth more, so that
  /// several gateways do not do so together.
  static let probeInterval = TimeSpan.seconds(30)
  /// A smaller change of the limit is no experiment: its effect is lost in the noise.
  static let changeMeasurable = 0.15
  static let probeFactor = 0.5
  /// Two latencies that are no further apart are the same.
  static let probeNoise = 0.9
  /// How much of a window's latency goes into the one that is known, while no request waits.
  static let learning = 0.2
  /// Answers this much faster than what is known are more than noise.
  static let clearlyFaster = 0.8
  static let gradientRange = 0.5...2.0

  public private(set) var policy: AdaptivePolicy
  /// `limits.requests`.
  public private(set) var ceiling: Int
  public internal(set) var reason = Reason.started
  /// Counts changes: samples that were taken under another limit do not count.
  public private(set) var epoch: UInt32 = 0
  /// When the limit changed last.
  public private(set) var since: Instant
  var exact: Double
  /// The latency without a queue, in nanoseconds.
  var baseline: Double?
  /// An experiment has shown it.
  var isConfirmed = false
  var probeDue: Instant
  var phase = Phase.adjusting(before: nil)
  private var window: AdaptiveSamples
  private var windowBegan: Instant

  public init(_ policy: AdaptivePolicy, ceiling: Int, at now: Instant) {
    self.policy = policy
    self.ceiling = ceiling
    exact = Double(min(max(policy.start, policy.floor), ceiling))
    since = now
    probeDue = now
    window = AdaptiveSamples(epoch: 0, since: now)
    windowBegan = now
  }

  /// Requests that may be in progress.
  public var limit: Int { Int(exact) }
  /// What holds requests back at the moment.
  public var binding: AdmissionLimit { limit < ceiling ? .adaptive : .configured }
  /// The latency without a queue, where it is known.
  public var latencyWithoutQueue: TimeSpan? { baseline.map { TimeSpan(nanoseconds: Int64($0)) } }
  /// What the next samples of a worker have to begin with.
  public var samples: AdaptiveSamples { AdaptiveSamples(epoch: epoch, since: since) }

  /// A reload may change the bounds; what was learned stays.
  public mutating func adopt(_ policy: AdaptivePolicy, ceiling: Int, at now: Instant) {
    guard policy != self.policy || ceiling != self.ceiling else { return }
    self.policy = policy
    self.ceiling = ceiling
    phase = .adjusting(before: nil)
    change(to: exact, .held, at: now)
  }

  /// Takes what a worker saw, and decides where that completes a window.
  ///
  /// - Parameter random: Fresh random bits.
  public mutating func add(_ samples: AdaptiveSamples, at now: Instant, random: UInt64) {
    if samples.epoch == epoch { window.merge(samples) }
    if case .probing(let from, _) = phase, window.isEmpty, now - since > patience(from) {
      return giveUpProbe(at: now, random: random)
    }
    guard isComplete(at: now) else {
      if now - windowBegan > Self.windowMax { beginAnew(at: now, random: random) }
      return
    }
    let measured = window
    beginWindow(at: now)
    guard let latency = measured.latency else { return }
    switch phase {
    case .adjusting(let before):
      adjust(latency, measured, before: before, at: now, random: random)
    case .probing(let from, let last):
      probe(latency, measured, from: from, last: last, at: now, random: random)
    }
  }

  private func patience(_ from: Point) -> TimeSpan {
    max(Self.probePatience, TimeSpan(nanoseconds: Int64(min(4 * from.latency, 60e9))))
  }

  private func isComplete(at now: Instant) -> Bool {
    let age = now - windowBegan
    let wanted = if case .probing = phase { Self.probeSamplesWanted } else { Self.samplesWanted }
    if window.count >= wanted { return age >= Self.windowMin }
    return window.count >= Self.samplesMin && age >= Self.windowLong
  }

  /// Too little traffic to measure anything: what an experiment was compared with is too long ago.
  private mutating func beginAnew(at now: Instant, random: UInt64) {
    if case .probing = phase { return giveUpProbe(at: now, random: random) }
    phase = .adjusting(before: nil)
    beginWindow(at: now)
  }

  private mutating func beginWindow(at now: Instant) {
    window = samples
    windowBegan = now
  }

  // MARK: Adjusting

  private mutating func adjust(
    _ latency: Double, _ measured: AdaptiveSamples, before: Point?, at now: Instant, random: UInt64
  ) {
    phase = .adjusting(before: nil)
    let here = Point(limit: exact, latency: latency)
    if let before, measured.isSaturated {
      switch conclude(from: before, to: here) {
      case .queue: break
      // More requests, answered as fast as before: what was measured first is the latency without a queue.
      case .noQueueBefore where !isConfirmed: confirm(before.latency, at: now, random: random)
      case .noQueueBefore: postponeProbe(at: now, random: random)
      case .slowerByItself:
        confirm(latency, at: now, random: random)
        return change(to: before.limit, .slower, at: now)
      }
    }
    learn(latency, isSaturated: measured.isSaturated)
    if measured.isSaturated, now >= probeDue, isConfirmed || reason == .grew || !mayDouble {
      return beginProbe(here, at: now, random: random)
    }
    follow(here, measured, at: now)
  }

  /// What a change of the limit has shown.
  private enum Conclusion {
    case queue, noQueueBefore, slowerByItself
  }

  private func conclude(from: Point, to: Point) -> Conclusion {
    if isProportional(from: from, to: to) { return .queue }
    return to.limit > from.limit ? .noQueueBefore : .slowerByItself
  }

  /// What a window without an experiment says of the latency without a queue.
  private mutating func learn(_ latency: Double, isSaturated: Bool) {
    guard let known = baseline else {
      baseline = latency
      return
    }
    if !isSaturated {
      // Nothing was held back: this is how the upstream answers.
      baseline = known + Self.learning * (latency - known)
    } else if latency < Self.clearlyFaster * known {
      baseline = (known + latency) / 2
    }
  }

  /// A first experiment upwards costs no request its turn; but it must be a clear one, and it is made once.
  private var mayDouble: Bool { bounded(2 * exact) > (1 + Self.changeMeasurable) * exact }

  private mutating func follow(_ here: Point, _ measured: AdaptiveSamples, at now: Instant) {
    let gradient = gradient(here.latency, isSaturated: measured.isSaturated)
    guard measured.waited > 0, gradient >= 1 || measured.isSaturated else { return hold() }
    let old = exact
    let wanted = bounded(gradient * old + old.squareRoot())
    guard Int(wanted) != limit else { return hold() }
    change(to: wanted, wanted > old ? .grew : .fell, at: now)
    let isExperiment = measured.isSaturated && abs(exact / old - 1) >= Self.changeMeasurable
    phase = .adjusting(before: isExperiment ? here : nil)
  }

  private func gradient(_ latency: Double, isSaturated: Bool) -> Double {
    guard isConfirmed || !isSaturated else { return Self.gradientRange.upperBound }
    let ratio = (1 + policy.tolerance) * (baseline ?? latency) / latency
    return min(max(ratio, Self.gradientRange.lowerBound), Self.gradientRange.upperBound)
  }

  private mutating func hold() { reason = .held }

  /// Whether latency moved with the limit rather than not at all: what is nearer.
  func isProportional(from: Point, to: Point) -> Bool {
    let middle = (1 + to.limit / from.limit) / 2
    return to.limit > from.limit ? to.latency / from.latency > middle : to.latency / from.latency < middle
  }

  // MARK: Changing

  func bounded(_ wanted: Double) -> Double {
    min(max(wanted, Double(min(policy.floor, ceiling))), Double(ceiling))
  }

  mutating func change(to wanted: Double, _ reason: Reason, at now: Instant) {
    self.reason = reason
    let old = limit
    exact = bounded(wanted)
    guard limit != old else { return }
    epoch &+= 1
    since = now
    beginWindow(at: now)
  }

  /// This is the latency without a queue.
  mutating func confirm(_ latency: Double, at now: Instant, random: UInt64) {
    baseline = latency
    isConfirmed = true
    postponeProbe(at: now, random: random)
  }

  mutating func postponeProbe(at now: Instant, random: UInt64) {
    let more = UInt64(Self.probeInterval.nanoseconds / 5)
    probeDue = now + Self.probeInterval + TimeSpan(nanoseconds: Int64(random % more))
  }
}
