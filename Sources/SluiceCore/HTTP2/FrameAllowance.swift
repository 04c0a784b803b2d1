/// How many frames of a kind a peer may send: some at once, and so many a second.
struct FrameAllowance: Sendable, Equatable {
  let capacity: Int
  let perSecond: Int
  private var used = 0
  private var since = Instant.never

  init(capacity: Int, perSecond: Int) {
    self.capacity = capacity
    self.perSecond = perSecond
  }

  /// Takes one; false: there is none left.
  mutating func take(at now: Instant) -> Bool {
    if since == .never { since = now }
    let earned = Int(clamping: (now - since).inMilliseconds) * perSecond / 1000
    if earned > 0 {
      used = max(used - earned, 0)
      since = now
    }
    used += 1
    return used <= capacity
  }

  /// Gives back some, for frames of ours that the peer has reason to answer.
  mutating func earn(_ count: Int) { used = max(used - count, 0) }
}
