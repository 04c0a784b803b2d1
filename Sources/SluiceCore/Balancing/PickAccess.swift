/// By what right an endpoint was chosen.
public enum PickAccess: UInt8, CaseIterable, Hashable, Sendable {
  /// It is available.
  case usual
  /// It is a backup, and no endpoint before it could be had.
  case backup
  /// It is ejected, and this request finds out whether it works again.
  case probe
  /// It is ejected, and the exchange has tried all that are available.
  case lastResort
  /// No endpoint is available, so all are used.
  case panic

  /// Whether the endpoint was not available, so that an answer of its is news.
  public var isNews: Bool {
    switch self {
    case .usual, .backup: false
    case .probe, .lastResort, .panic: true
    }
  }
}

/// Which endpoint an attempt goes to, why, and by what right; or why to none.
public enum EndpointPick: Hashable, Sendable {
  case picked(Int, PickReason, PickAccess)
  case none(PickMiss)
}
