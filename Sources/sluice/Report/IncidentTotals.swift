import SluiceIncidents

/// The line below a table of incidents.
struct IncidentTotals {
  private var counts: [IncidentKind: Int] = [:]
  private var earliest: Int64?
  private var latest: Int64?

  init(_ incidents: [Incident] = []) { incidents.forEach { add($0) } }

  mutating func add(_ incident: Incident) {
    counts[incident.kind, default: 0] += 1
    guard let time = incident.time else { return }
    earliest = min(earliest ?? time, time)
    latest = max(latest ?? time, time)
  }

  /// - Parameter limit: how many were asked for; where so many came, there may be more.
  func line(limit: Int?) -> String {
    let all = counts.values.reduce(0, +)
    guard all > 0, let earliest, let latest else { return all > 0 ? Amounts.count(all, "incident") : "no incidents" }
    let kinds = IncidentKind.allCases.compactMap { kind in counts[kind].map { "\($0) \(Self.name(kind))" } }
    let isSameDay = Moments.day(earliest) == Moments.day(latest)
    let end = isSameDay ? Moments.clock(latest) : "\(Moments.day(latest)) \(Moments.clock(latest))"
    let more = limit == all ? " (as many as --limit allows; there may be older ones)" : ""
    return "\(Amounts.count(all, "incident")): \(kinds.joined(separator: ", "))\(more); "
      + "\(Moments.day(earliest)) \(Moments.clock(earliest)) to \(end) UTC"
  }

  private static func name(_ kind: IncidentKind) -> String {
    switch kind {
    case .failed: "failed"
    case .application: "the application's own"
    case .absorbed: "that no client noticed"
    }
  }
}
