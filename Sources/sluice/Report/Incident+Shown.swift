import SluiceCore
import SluiceIncidents

// What tables and pages say of an incident.

extension Incident {
  /// Unix time of the start in milliseconds: that of the ID.
  var time: Int64? { ExchangeID(record.id).flatMap { Int64(exactly: $0.milliseconds) } }

  /// The cause that it is about: of a saved one, that of the first failed attempt.
  var shownCause: String? {
    record.cause ?? record.attempts?.first { $0.cause != nil }?.cause
  }

  var shownWho: String? {
    record.who ?? shownCause.flatMap { Cause(identifier: $0) }?.owner.identifier
  }
}
