/// How far the evidence carries a conclusion.
public enum Sureness: String, Codable, Sendable, CaseIterable, Comparable {
  /// Nothing else explains what was seen.
  case certain
  case likely
  case possible
  /// The evidence does not decide.
  case unknown

  /// The surer is the greater.
  public static func < (left: Sureness, right: Sureness) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .certain: 3
    case .likely: 2
    case .possible: 1
    case .unknown: 0
    }
  }
}
