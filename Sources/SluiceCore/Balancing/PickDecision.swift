/// Which endpoint an attempt goes to and why, or why to none.
public enum PickDecision: Hashable, Sendable {
  /// Index of the endpoint in its upstream.
  case picked(Int, PickReason)
  case none(PickMiss)

  /// nil where none was picked.
  public var index: Int? {
    switch self {
    case .picked(let index, _): index
    case .none: nil
    }
  }
}

public enum PickReason: UInt8, CaseIterable, Hashable, Sendable {
  /// The upstream has one endpoint.
  case only
  /// It was its turn.
  case turn
  /// Of two it had fewer requests in progress for its weight.
  case fewerRequests
  /// Of two it had the lower latency for its load and weight.
  case lowerLatency
  /// Of two that were equal it was drawn first, or there was no other to compare with.
  case drawn
  case random
  /// The request's hash is its own.
  case hashed
  /// The endpoint that the request's hash belongs to cannot be had; this one is next.
  case hashedNext
  /// The cookie names it.
  case sticky
  /// There was no cookie that names an endpoint: the answer sets one.
  case stickyNew
  /// The endpoint that the cookie names cannot be had: the answer sets a new one.
  case stickyMoved
  /// It is ejected, and its turn to be tried has come.
  case probe

  public var setsCookie: Bool {
    switch self {
    case .stickyNew, .stickyMoved: true
    case .only, .turn, .fewerRequests, .lowerLatency, .drawn, .random, .hashed, .hashedNext, .sticky, .probe:
      false
    }
  }
}

public enum PickMiss: UInt8, CaseIterable, Hashable, Sendable {
  /// There are no endpoints, or none with a weight.
  case emptyPool
  /// Every available endpoint was tried by this exchange.
  case allTried
  case allUnavailable
  case allDraining

  /// What the client is answered where this was the first pick of its exchange.
  public var cause: Cause {
    switch self {
    case .emptyPool: .poolEmpty
    case .allTried, .allUnavailable: .allUnhealthy
    case .allDraining: .allDraining
    }
  }
}
