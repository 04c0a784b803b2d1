internal import SluiceCore
internal import SluiceDiagnosis

/// What one pattern concludes of a problem.
struct Finding: Equatable, Sendable {
  /// Facts of one finding that are told.
  static let evidenceMax = 8
  /// Characters of a verdict's sentence: it names who, why, when, and how much of it was made good.
  static let sentenceMax = 300

  /// An identifier of `RootCause` or `Cause`.
  var cause: String
  var who: Owner
  var sure: Sureness
  /// Who and why, without an end.
  var sentence: String
  var next: String
  /// Sentences, each one observed fact.
  var evidence: [String]
  /// Other explanations that this one could not rule out.
  var also: [Candidate]

  init(
    _ root: RootCause, _ sure: Sureness, _ sentence: String, next: String, _ evidence: [String?], also: [Candidate] = []
  ) {
    cause = root.identifier
    who = root.owner
    self.sure = sure
    self.sentence = sentence
    self.next = next
    self.evidence = evidence.compactMap { $0 }
    self.also = also
  }

  init(
    observed cause: Cause?, who: Owner? = nil, _ sure: Sureness, _ sentence: String, next: String,
    _ evidence: [String?], also: [Candidate] = []
  ) {
    self.cause = cause.shownIdentifier
    self.who = who ?? cause?.owner ?? .unknown
    self.sure = sure
    self.sentence = sentence
    self.next = next
    self.evidence = evidence.compactMap { $0 }
    self.also = also
  }

  var candidate: Candidate {
    Candidate(
      cause: cause, who: who.identifier, sure: sure,
      evidence: evidence.prefix(Self.evidenceMax).map { Shown.clipped($0, to: Shown.sentenceMax) })
  }

  var verdict: Verdict {
    let end = " (\(cause))."
    let sentence = sentence.asSentence
    return Verdict(
      who: who.identifier, cause: cause, sure: sure,
      sentence: Shown.clipped(sentence, to: Self.sentenceMax - end.count) + end,
      next: Shown.clipped(next, to: Shown.sentenceMax))
  }
}

extension String {
  /// With a capital, where it begins with what has none within a sentence: `the proxy`.
  var asSentence: String { hasPrefix("the ") ? "The " + dropFirst(4) : self }
}

extension Candidate {
  init(_ root: RootCause, _ sure: Sureness, _ evidence: String?...) {
    self.init(
      cause: root.identifier, who: root.owner.identifier, sure: sure, evidence: evidence.compactMap { $0 })
  }

  init(_ cause: Cause, _ sure: Sureness, _ evidence: String?...) {
    self.init(
      cause: cause.identifier, who: cause.owner.identifier, sure: sure, evidence: evidence.compactMap { $0 })
  }
}
