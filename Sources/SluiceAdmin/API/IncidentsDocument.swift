/// `GET /api/v1/incidents`.
public struct IncidentsDocument: Codable, Equatable, Sendable {
  /// The one stored last first.
  public var incidents: [IncidentSummary]
  /// Records that could not be read, and are left out.
  public var unreadable: Int
  /// Path and query of the next page; nil: this is the last.
  public var next: String?

  public init(incidents: [IncidentSummary], unreadable: Int, next: String?) {
    self.incidents = incidents
    self.unreadable = unreadable
    self.next = next
  }
}
