public import SluiceIncidents

extension Change {
  /// How long before an incident a change is told of: 10 minutes, in milliseconds.
  public static let suspectTime: Int64 = 600_000

  /// The changes that may have led to an incident, the latest first.
  ///
  /// A running gateway knows its own; a deploy that somebody marked stands in the store only.
  public static func suspects(of incident: Incident, stored: [Change]) -> [Change] {
    var suspects: [Change] = []
    for change in (incident.evidence?.changes ?? []) + stored where !suspects.contains(change) {
      let concerns = change.upstream == nil || change.upstream == incident.record.upstream
      let isBefore = incident.time.map { change.time <= $0 && change.time > $0 - suspectTime } ?? true
      if concerns, isBefore { suspects.append(change) }
    }
    return suspects.sorted { $0.time > $1.time }
  }
}
