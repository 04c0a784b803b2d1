public import SluiceCore
public import SluiceDiagnosis

/// One row of what is known of the logs of a proxy: what a line must show, and what it then means.
///
/// Rows are data. The first that matches wins, so narrower rows of a product stand before wider ones.
public struct Signature: Equatable, Sendable {
  public enum Meaning: Equatable, Sendable {
    /// A request failed.
    case failure(Cause, or: [Cause] = [], Sureness = .certain)
    /// Something happened beside requests.
    case event(LogEvent.Kind, Cause? = nil)
    /// It says how a failure went on and is none itself: it must not be counted as one.
    case modifier(String)
  }

  /// As `N01`; those of users are what they wrote.
  public let id: String
  public let product: LogProduct
  /// All of them must hold.
  public let conditions: [SignatureCondition]
  public let meaning: Meaning
  /// Who has to act, where the cause's own owner does not decide it.
  public let who: Owner?
  /// What a person should know of it: one sentence.
  public let note: String?

  public init(
    _ id: String, _ product: LogProduct, _ conditions: [SignatureCondition], _ meaning: Meaning, who: Owner? = nil,
    note: String? = nil
  ) {
    self.id = id
    self.product = product
    self.conditions = conditions
    self.meaning = meaning
    self.who = who
    self.note = note
  }

  public func matches(_ values: FieldValues) -> Bool { conditions.allSatisfy { $0.holds(values) } }

  /// nil where it is no failure.
  public var conclusion: LineConclusion? {
    guard case .failure(let cause, let others, let sure) = meaning else { return nil }
    return LineConclusion(signature: id, cause: cause, alternatives: others, who: who, sure: sure, note: note)
  }
}

extension [Signature] {
  /// The first row that matches.
  func first(matching values: FieldValues) -> Signature? {
    // The conditions alone are fetched: a row has many parts, and nearly none of them matches.
    for index in indices {
      let conditions = self[index].conditions
      var place = 0
      while place < conditions.count, conditions[place].holds(values) { place += 1 }
      if place == conditions.count { return self[index] }
    }
    return nil
  }
}
