/// What the access log keeps of a query string.
public enum QueryDetail: Sendable, Equatable {
  /// `a=1&b=2` becomes `a&b`: values carry tokens and personal data.
  case names
  case full
}
