internal import SluiceCore
public import SluiceIncidents

// What lists and pages tell of an incident.

extension Incident {
  /// Unix time of the start in milliseconds: that of the ID.
  public var time: Int64? { ExchangeID(record.id).flatMap { Int64(exactly: $0.milliseconds) } }

  /// The cause that it is about: of a saved one, that of the first failed attempt.
  public var toldCause: String? {
    record.cause ?? record.attempts?.first { $0.cause != nil }?.cause
  }

  public var toldWho: String? {
    record.who ?? toldCause.flatMap { Cause(identifier: $0) }?.owner.identifier
  }
}
