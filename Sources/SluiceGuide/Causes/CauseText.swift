public import SluiceCore

/// What the tables of the failures do not have: why a cause comes about, and what is to be done.
public struct CauseText: Equatable, Sendable {
  /// Typical reasons, the most frequent first.
  public let reasons: [String]
  /// How to find out, beside the cause's first checks.
  public let steps: [GuideStep]
  /// What helps now.
  public let remedies: [String]
  /// What keeps it from coming back.
  public let prevention: [String]
  /// Causes that are mistaken for it, or follow from it.
  public let related: [Cause]

  init(
    why reasons: [String], find steps: [GuideStep] = [], now remedies: [String], prevent prevention: [String],
    related: [Cause] = []
  ) {
    self.reasons = reasons
    self.steps = steps
    self.remedies = remedies
    self.prevention = prevention
    self.related = related
  }
}
