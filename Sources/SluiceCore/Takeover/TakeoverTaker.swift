/// The newer gateway's side of a takeover.
///
/// It asks, collects the sockets, says when it is ready, accepts when the older one has paused, and says so. Any
/// failure before that leaves the older gateway as it was.
public struct TakeoverTaker: Sendable {
  public enum Event: Hashable, Sendable {
    case connected
    /// - Parameter descriptors: how many came beside the message.
    case received(TakeoverMessage, descriptors: Int)
    case malformed(TakeoverFault)
    /// We could accept on these sockets of the offer.
    case ready([Int])
    /// We accept.
    case accepting
    case deadlineCame
    case closed
  }

  public enum Effect: Hashable, Sendable {
    case send(TakeoverMessage)
    /// These descriptors are the next of the offer, configured under these addresses.
    case keep([String])
    /// Everything that was offered is here.
    case complete
    /// Accept now.
    case accept
    case done
    case fail(Failure)
  }

  public enum Failure: Hashable, Sendable, Error {
    case refused(TakeoverRefusal)
    case malformed(TakeoverFault)
    case unexpected
    case late
    case peerLeft
    /// It has nothing to give.
    case empty

    public var sentence: String {
      switch self {
      case .refused(let refusal): refusal.sentence
      case .malformed(.version): "it speaks another version of the takeover; stop it instead"
      case .malformed, .unexpected: "its answer could not be understood"
      case .late: "it did not answer in time"
      case .peerLeft: "it ended in the middle of the takeover"
      case .empty: "it listens nowhere"
      }
    }
  }

  private enum State: Hashable, Sendable {
    /// → requested, ended
    case new
    /// → receiving, ended
    case requested
    /// → received, ended
    case receiving(left: Int)
    /// → prepared, ended
    case received
    /// → mayAccept, ended
    case prepared
    /// → confirming, ended
    case mayAccept
    /// → ended
    case confirming
    case ended
  }

  private var state = State.new

  public init() {}

  public mutating func handle(_ event: Event) -> [Effect] {
    switch (state, event) {
    case (.ended, _): return []
    case (.new, .connected):
      state = .requested
      return [.send(.request)]
    case (.requested, .received(.offer(let sockets), 0)):
      guard sockets > 0 else { return fail(.empty) }
      state = .receiving(left: sockets)
      return []
    case (.receiving(let left), .received(.sockets(let labels), let descriptors)):
      guard !labels.isEmpty, labels.count <= left else { return fail(.unexpected) }
      guard labels.count == descriptors else { return fail(.malformed(.descriptors(descriptors))) }
      state = labels.count == left ? .received : .receiving(left: left - labels.count)
      return [.keep(labels)] + (labels.count == left ? [.complete] : [])
    case (.received, .ready(let places)):
      state = .prepared
      return [.send(.ready(places))]
    case (.prepared, .received(.paused, 0)):
      state = .mayAccept
      return [.accept]
    case (.mayAccept, .accepting):
      state = .confirming
      return [.send(.accepting)]
    case (.confirming, .received(.released, 0)):
      state = .ended
      return [.done]
    // It ended or hangs right after it was told: the sockets are ours alone. Only a refusal would mean that it accepts.
    case (.confirming, .closed), (.confirming, .deadlineCame):
      state = .ended
      return [.done]
    case (_, .received(.refused(let refusal), _)): return fail(.refused(refusal))
    case (_, .malformed(let fault)): return fail(.malformed(fault))
    case (_, .deadlineCame): return fail(.late)
    case (_, .closed): return fail(.peerLeft)
    case (_, .connected), (_, .received), (_, .ready), (_, .accepting): return fail(.unexpected)
    }
  }

  private mutating func fail(_ failure: Failure) -> [Effect] {
    state = .ended
    return [.fail(failure)]
  }
}
