// How the latency without a queue is found while requests wait: the limit is halved for as long as that makes answers
// faster. It ends at the floor, or one step below the point where the upstream's own queue begins.

extension AdaptiveLimit {
  mutating func beginProbe(_ from: Point, at now: Instant, random: UInt64) {
    let wanted = bounded(exact * Self.probeFactor)
    guard Int(wanted) < limit else {
      // Already at the floor: what is measured there is the best that can be known.
      return endProbe(from.latency, from: from, at: now, random: random)
    }
    phase = .probing(from: from, last: from)
    change(to: wanted, .probing, at: now)
  }

  mutating func probe(
    _ latency: Double, _ measured: AdaptiveSamples, from: Point, last: Point, at now: Instant, random: UInt64
  ) {
    guard measured.isSaturated else {
      // The overload ended meanwhile.
      postponeProbe(at: now, random: random)
      phase = .adjusting(before: nil)
      return change(to: from.limit, .probeGivenUp, at: now)
    }
    let here = Point(limit: exact, latency: latency)
    let wanted = bounded(exact * Self.probeFactor)
    if isProportional(from: last, to: here), Int(wanted) < limit {
      phase = .probing(from: from, last: here)
      return change(to: wanted, .probing, at: now)
    }
    // Where the last step helped a little, the queue ended within it. Where it did not, the two differ by chance.
    let helped = latency < Self.probeNoise * last.latency
    endProbe(helped ? latency : (latency + last.latency) / 2, from: from, at: now, random: random)
  }

  /// The formula, without its clamp, at the point where the probe began: the limit lands where it belongs at once,
  /// instead of growing there window by window.
  private mutating func endProbe(_ latency: Double, from: Point, at now: Instant, random: UInt64) {
    confirm(latency, at: now, random: random)
    phase = .adjusting(before: nil)
    let needed = (1 + policy.tolerance) * latency / from.latency * from.limit
    change(to: min(from.limit, needed + needed.squareRoot()), .probed, at: now)
  }

  /// Nothing was learned; the next try is after a whole interval.
  mutating func giveUpProbe(at now: Instant, random: UInt64) {
    guard case .probing(let from, _) = phase else { return }
    postponeProbe(at: now, random: random)
    phase = .adjusting(before: nil)
    change(to: from.limit, .probeGivenUp, at: now)
  }
}
