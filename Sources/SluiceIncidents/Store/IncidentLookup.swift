/// What an ID, as a person gave it, leads to.
public enum IncidentLookup: Equatable, Sendable {
  case found(Incident)
  /// The beginning of an ID that several have; the latest ones.
  case ambiguous(ids: [String])
  /// An ID of ours whose incident is not in the store: it was only counted, or is too old.
  ///
  /// - time: Unix time in milliseconds at which the exchange began, as the ID tells.
  /// - problems: those that were seen within that second.
  case notKept(time: Int64, problems: [Problem])
  /// No ID of ours, nor the beginning of a stored one.
  case unknown
}
