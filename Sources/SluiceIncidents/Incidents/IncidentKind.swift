/// What became of the exchange behind an incident.
public enum IncidentKind: String, Codable, CaseIterable, Sendable {
  /// The gateway answered with a 5xx of its own, or aborted.
  case failed
  /// The application answered with a 5xx, which was passed on.
  case application
  /// The client got a good answer, but only after a failed attempt.
  case absorbed
}
