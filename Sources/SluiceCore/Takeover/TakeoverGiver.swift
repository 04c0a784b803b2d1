/// The older gateway's side of a takeover, for one peer.
///
/// # Overview
/// A peer may ask who we are, as often as it likes within the time, and once for our sockets. When it is ready we
/// pause, it accepts, we close our copies. Until it says that it accepts, everything can be taken back: it may die,
/// stall or talk nonsense, and we go on as before.
///
/// # Why this way
/// One process at a time accepts on a queue. Between the two, for a moment, nobody does; who connects then waits in the
/// queue, which both hold open, and is in nobody's hands who may yet die. The pause has a deadline of its own.
///
/// # Not handled here
/// Whether sockets may be given at all (`granted`), the descriptors themselves, clocks.
public struct TakeoverGiver: Sendable {
  public enum Event: Hashable, Sendable {
    case received(TakeoverMessage)
    case malformed(TakeoverFault)
    /// The gateway gives so many sockets, or none.
    case granted(sockets: Int)
    case denied(TakeoverRefusal)
    /// The gateway has paused on the sockets that the peer is ready for.
    case paused
    /// The gateway has closed them.
    case stopped
    case deadlineCame
    /// The peer has gone, or cannot be written to.
    case closed
  }

  public enum Effect: Hashable, Sendable {
    case sendIdentity
    /// Ask the gateway for its sockets: `granted` or `denied` follows.
    case ask
    case send(TakeoverMessage)
    /// Send these of the sockets, in one message.
    case sendSockets(Range<Int>)
    /// The peer is ready for these: stop accepting on them, but keep them. `paused` follows.
    case pause([Int])
    /// The peer accepts on these: close them, and drain. `stopped` follows.
    case release([Int])
    /// The takeover does not come about: the gateway accepts again where it paused.
    case keep(Failure)
    case close
  }

  public enum Failure: Hashable, Sendable {
    /// The peer went away before it accepted.
    case peerLeft
    case malformed(TakeoverFault)
    /// Sound, but not now.
    case unexpected
    case late
    /// It names sockets that were not offered.
    case places
  }

  private enum State: Hashable, Sendable {
    /// → asking, ended
    case waiting
    /// The gateway's answer is outstanding, also where the peer has failed meanwhile. → offered, ended
    case asking(failed: Failure?)
    /// → pausing, ended
    case offered(sockets: Int)
    /// → paused, ended; the gateway's answer is outstanding, as above
    case pausing([Int], failed: Failure?)
    /// → releasing, ended
    case paused([Int])
    /// → ended
    case releasing
    case ended
  }

  private var state = State.waiting
  public var isEnded: Bool { state == .ended }

  public init() {}

  public mutating func handle(_ event: Event) -> [Effect] {
    switch (state, event) {
    case (.ended, _): return []
    case (.waiting, .received(.identify)): return [.sendIdentity]
    case (.waiting, .received(.request)):
      state = .asking(failed: nil)
      return [.ask]
    case (.asking(nil), .granted(let sockets)): return offer(sockets)
    case (.asking(let failure?), .granted): return end([.keep(failure)])
    case (.asking(nil), .denied(let refusal)): return end([.send(.refused(refusal))])
    case (.asking(_?), .denied): return end([])
    case (.offered(let sockets), .received(.ready(let places))):
      guard places.allSatisfy({ $0 < sockets }) else { return fail(.places) }
      state = .pausing(places, failed: nil)
      return [.pause(places)]
    case (.pausing(let places, nil), .paused):
      state = .paused(places)
      return [.send(.paused)]
    case (.pausing(_, let failure?), .paused): return end([.keep(failure)])
    case (.paused(let places), .received(.accepting)):
      state = .releasing
      return [.release(places)]
    case (.releasing, .stopped): return end([.send(.released)])
    // The sockets are the peer's by now, whatever becomes of it.
    case (.releasing, _): return []
    case (_, .malformed(let fault)): return fail(.malformed(fault))
    case (_, .deadlineCame): return fail(.late)
    case (_, .closed): return fail(.peerLeft)
    case (_, .received), (_, .granted), (_, .denied), (_, .paused), (_, .stopped): return fail(.unexpected)
    }
  }

  private mutating func offer(_ sockets: Int) -> [Effect] {
    state = .offered(sockets: sockets)
    let size = TakeoverMessage.descriptorsMax
    let parts = stride(from: 0, to: sockets, by: size).map { Effect.sendSockets($0..<min($0 + size, sockets)) }
    return [.send(.offer(sockets: sockets))] + parts
  }

  /// The peer is told at once; the gateway when it has answered what it was asked, so that answers keep their order.
  private mutating func fail(_ failure: Failure) -> [Effect] {
    let told = failure.refusal.map { [Effect.send(.refused($0))] } ?? []
    switch state {
    case .asking(nil):
      state = .asking(failed: failure)
      return told
    case .pausing(let places, nil):
      state = .pausing(places, failed: failure)
      return told
    case .asking, .pausing: return []
    case .offered, .paused: return end(told + [.keep(failure)])
    case .waiting, .releasing, .ended: return end(told)
    }
  }

  private mutating func end(_ effects: [Effect]) -> [Effect] {
    state = .ended
    return effects + [.close]
  }
}

extension TakeoverGiver.Failure {
  /// What the peer is told; nil: it has left.
  fileprivate var refusal: TakeoverRefusal? {
    switch self {
    case .peerLeft: nil
    case .malformed(.version): .otherVersion
    case .malformed, .unexpected, .places: .malformed
    case .late: .late
    }
  }
}
