public import SluiceCore

/// The quick reference of one status code.
public struct StatusEntry: Equatable, Sendable {
  public let code: Int
  public let phrase: String
  public let registration: Registration
  /// Document and section, or the product whose own it is.
  public let specification: String
  public let retry: StatusRetry
  /// When, where the general sentence says too little.
  public let retryNote: String?
  /// Two to four sentences.
  public let meaning: String
  /// What a client should do.
  public let action: String
  /// The causes that a product's own code tells, the most frequent first.
  public let causes: [Cause]

  init(
    _ code: Int, _ phrase: String, _ specification: String, _ retry: StatusRetry, note: String? = nil,
    registration: Registration = .registered, causes: [Cause] = [], meaning: String, action: String
  ) {
    self.code = code
    self.phrase = phrase
    self.registration = registration
    self.specification = specification
    self.retry = retry
    self.retryNote = note
    self.meaning = meaning
    self.action = action
    self.causes = causes
  }

  public var statusClass: StatusClass { StatusClass(code: code) }
  public var caching: StatusCaching { StatusCaching(code: code) }

  /// `502 Bad Gateway`.
  public var title: String { "\(StatusTable.text(code)) \(phrase)" }

  public var retrySentence: String { retryNote ?? retry.sentence }

  /// The causes for which this gateway answers with the code, and those that a product's own code tells.
  public var allCauses: [Cause] {
    let own = Cause.allCases.filter { Int($0.status) == code && !$0.passesResponse }
    return causes + own.filter { !causes.contains($0) }
  }
}
