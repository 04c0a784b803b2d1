internal import SluiceDiagnosis
public import SluiceIncidents

/// An incident in a list; `GET /api/v1/incidents/ID` explains it.
public struct IncidentSummary: Codable, Equatable, Sendable {
  public var id: String
  /// When the exchange began: Unix time in milliseconds; nil: the ID does not tell.
  public var time: Int64?
  public var kind: IncidentKind
  /// That the client got; 0: it was cut before one.
  public var status: UInt16
  public var cause: String?
  public var who: String?
  public var method: String?
  public var host: String?
  public var path: String?
  public var route: String?
  public var upstream: String?
  /// As configured: the one that failed first, or last where the client noticed.
  public var endpoint: String?
  public var attempts: Int
  public var totalMs: Double
  /// Whether more than its record was kept.
  public var hasEvidence: Bool

  public init(_ incident: Incident) {
    let record = incident.record
    id = record.id
    time = incident.time
    kind = incident.kind
    status = record.status
    cause = incident.toldCause
    who = incident.toldWho
    method = record.method
    host = record.host
    path = record.path
    route = record.route
    upstream = record.upstream
    endpoint = incident.blamedEndpoint
    attempts = record.attempts?.count ?? 0
    totalMs = record.totalMs
    hasEvidence = incident.evidence != nil
  }
}
