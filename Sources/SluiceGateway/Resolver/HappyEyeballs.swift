internal import Glibc
public import SluiceCore

/// Connecting to one of several addresses (RFC 8305 section 5): one attempt after the other, each with a head start.
///
/// Overview: attempts are numbered as the addresses are ordered. The next one starts when the one before has failed, or
/// after `headStart` without a result. The first success wins, and the others are cancelled.
///
/// Why each attempt is one address on one channel: only so does its error carry the errno (the transport's own form
/// of this reports a list of errors that lost theirs).
///
/// A value: `handle(event, at:) -> effects`. States: connecting → connected | failed | cancelled; the last three are
/// final. Not handled here: the deadline of the whole (the exchange's connect timeout comes in as `deadlinePassed`),
/// the order (`AddressOrder`), what an errno means (`Cause.fromSystemError`), and TLS, which begins after this has
/// ended.
public struct HappyEyeballs: Sendable {
  public enum Event: Hashable, Sendable {
    /// The only first event.
    case started
    case connected(attempt: Int)
    /// The attempt's connect failed with this errno.
    case failed(attempt: Int, errno: Int32)
    /// The instant of the last `setTimer` came. One that comes early or twice does no harm.
    case timerFired
    /// The time for the whole is over.
    case deadlinePassed
    /// Nobody wants the connection any more.
    case cancelled
  }

  public enum Effect: Hashable, Sendable {
    case start(attempt: Int)
    /// Close that attempt's channel, connected or not; no event of it matters any more.
    case cancel(attempt: Int)
    /// Replaces the timer that was set before.
    case setTimer(Instant)
    case clearTimer
    /// The last effect of a success.
    case succeed(attempt: Int)
    /// The last effect of a failure: the attempt whose errno says most.
    case fail(attempt: Int, errno: Int32)
  }

  /// RFC 8305's Connection Attempt Delay, its recommended value.
  public static let headStartDefault = TimeSpan.milliseconds(250)

  private enum Attempt: Hashable {
    case waiting, connecting
    case failed(errno: Int32)
  }

  private enum State: Hashable { case idle, connecting, ended }

  private var attempts: [Attempt]
  private var state = State.idle
  private var next = 0
  private var timer = Instant.never
  private let headStart: TimeSpan

  /// - Parameters:
  ///   - attemptCount: addresses to try; at least one, and `AddressOrder.attemptsMax` of them at most are tried.
  ///   - headStart: how long an attempt may go on before the next one is started beside it.
  public init(attemptCount: Int, headStart: TimeSpan = Self.headStartDefault) {
    attempts = Array(repeating: .waiting, count: min(max(attemptCount, 0), AddressOrder.attemptsMax))
    self.headStart = headStart
  }

  /// A success, a failure or a cancellation was told; nothing follows it but the cancelling of what comes late.
  public var isEnded: Bool { state == .ended }

  public mutating func handle(_ event: Event, at instant: Instant) -> [Effect] {
    switch (state, event) {
    case (.idle, .started):
      guard !attempts.isEmpty else { return end([.fail(attempt: 0, errno: EDESTADDRREQ)]) }
      state = .connecting
      return startNext(at: instant)
    case (.connecting, .connected(let attempt)):
      guard isConnecting(attempt) else { return [] }
      return end(cancelOthers(than: attempt) + [.succeed(attempt: attempt)])
    case (.connecting, .failed(let attempt, let errno)):
      guard isConnecting(attempt) else { return [] }
      attempts[attempt] = .failed(errno: errno)
      return failed(at: instant)
    case (.connecting, .timerFired):
      guard timer <= instant else { return [] }
      return startNext(at: instant)
    case (.connecting, .deadlinePassed):
      return deadlinePassed()
    case (.idle, .cancelled), (.connecting, .cancelled):
      return end(cancelOthers(than: nil))
    // A connection that came up although its attempt was cancelled has no owner.
    case (.ended, .connected(let attempt)):
      return [.cancel(attempt: attempt)]
    case (.ended, _), (.idle, _), (.connecting, .started):
      return []
    }
  }

  // MARK: Steps

  private func isConnecting(_ attempt: Int) -> Bool {
    attempts.indices.contains(attempt) && attempts[attempt] == .connecting
  }

  private mutating func startNext(at instant: Instant) -> [Effect] {
    let attempt = next
    attempts[attempt] = .connecting
    next += 1
    var effects = [Effect.start(attempt: attempt)]
    if next < attempts.count {
      timer = instant + headStart
      effects.append(.setTimer(timer))
    } else if timer != .never {
      timer = .never
      effects.append(.clearTimer)
    }
    return effects
  }

  private mutating func failed(at instant: Instant) -> [Effect] {
    if next < attempts.count { return startNext(at: instant) }
    guard !attempts.contains(.connecting) else { return [] }
    let (attempt, errno) = mostTelling()
    return end([.fail(attempt: attempt, errno: errno)])
  }

  private mutating func deadlinePassed() -> [Effect] {
    let cancels = cancelOthers(than: nil)
    for index in attempts.indices where attempts[index] == .connecting { attempts[index] = .failed(errno: ETIMEDOUT) }
    let (attempt, errno) = mostTelling()
    return end(cancels + [.fail(attempt: attempt, errno: errno)])
  }

  private func cancelOthers(than winner: Int?) -> [Effect] {
    attempts.indices.filter { $0 != winner && attempts[$0] == .connecting }.map { .cancel(attempt: $0) }
  }

  private mutating func end(_ effects: [Effect]) -> [Effect] {
    state = .ended
    defer { timer = .never }
    return timer == .never ? effects : [.clearTimer] + effects
  }

  // MARK: What failed

  private func mostTelling() -> (attempt: Int, errno: Int32) {
    var result: (attempt: Int, errno: Int32) = (0, ETIMEDOUT)
    var rankMax = -1
    for (index, attempt) in attempts.enumerated() {
      guard case .failed(let errno) = attempt, Self.rank(errno) > rankMax else { continue }
      result = (index, errno)
      rankMax = Self.rank(errno)
    }
    return result
  }

  /// Higher says more about why nothing could be reached; of equals the first attempt's counts.
  ///
  /// A lack on this machine comes first, since it kept an address from being tried at all. Then what the peer itself
  /// said; then silence, which means that packets left; then a path that is missing. Unreachable networks come
  /// last: most machines without IPv6 report one for every IPv6 address, and that is seldom why the name is down.
  private static func rank(_ errno: Int32) -> Int {
    switch errno {
    case EMFILE, ENFILE, ENOBUFS, ENOMEM: 7
    case ECONNREFUSED: 6
    case ECONNRESET, ECONNABORTED: 5
    case ETIMEDOUT: 4
    case EACCES, EPERM: 3
    case EADDRNOTAVAIL, EADDRINUSE, EAGAIN: 2
    case ENETUNREACH, ENETDOWN, EAFNOSUPPORT: 0
    default: 1
    }
  }
}
