/// How far the evidence carries a conclusion.
public enum Sureness: String, Codable, Sendable, CaseIterable {
  /// Nothing else explains what was seen.
  case certain
  case likely
  case possible
  /// The evidence does not decide.
  case unknown
}
