internal import SluiceCore

/// One explanation that a rule arrived at: a candidate before it is put into words for others.
struct Explanation {
  /// An identifier of `Cause` or `RootCause`.
  var name: String
  var who: Owner
  var sure: Sureness
  /// Observed facts, one sentence each; values in them are shown safely already.
  var evidence: [String]

  /// What the gateway observed is the whole explanation, and the cause's own owner has to act.
  static func observed(_ cause: Cause, _ sure: Sureness, _ evidence: [String?] = []) -> Explanation {
    observed(cause, cause.owner, sure, evidence)
  }

  /// What the gateway observed, where the evidence names the owner.
  static func observed(_ cause: Cause, _ who: Owner, _ sure: Sureness, _ evidence: [String?] = []) -> Explanation {
    Explanation(name: cause.identifier, who: who, sure: sure, evidence: evidence.compactMap { $0 })
  }

  /// What the gateway observed, and evidence that does not decide whose doing it is.
  static func undecided(_ cause: Cause, _ evidence: [String?] = []) -> Explanation {
    observed(cause, .unknown, .unknown, evidence)
  }

  /// What was observed goes back to something else.
  static func root(_ root: RootCause, _ sure: Sureness, _ evidence: [String?] = []) -> Explanation {
    Explanation(name: root.identifier, who: root.owner, sure: sure, evidence: evidence.compactMap { $0 })
  }
}
