/// An exchange that went wrong or was saved, as it is kept.
public struct Incident: Equatable, Sendable, Codable {
  public var kind: IncidentKind
  public var record: StoredRecord
  /// nil: only the record was kept, because the problem had filled its share of the minute.
  public var evidence: Evidence?

  public init(kind: IncidentKind, record: StoredRecord, evidence: Evidence?) {
    self.kind = kind
    self.record = record
    self.evidence = evidence
  }
}
