internal import SluiceIncidents

/// What a gateway has recorded of an endpoint and its upstream.
enum GatewayRecordLook {
  /// Milliseconds in which a problem that is over is still told.
  private static let recent: Int64 = 600_000
  /// Problems that are kept.
  private static let problemsMax = 16
  /// Incidents that are read to find one of the endpoint.
  private static let incidentsMax = 50

  /// - Parameter moment: Unix time in milliseconds.
  static func look(_ target: ExaminationTarget, reader: IncidentReader, moment: Int64) -> Seen<GatewayRecordSeen> {
    do {
      var filter = IncidentFilter()
      filter.since = moment - recent
      filter.upstream = target.upstream
      let problems = try reader.problems(filter, limit: 200, at: moment).filter { isHere($0.key, target) }
      var seen = GatewayRecordSeen()
      seen.problems = Array(problems.prefix(problemsMax))
      seen.lastMinute = problems.reduce(0) { $0 + ($1.lastSeen > moment - 60_000 ? $1.lastMinute : 0) }
      if let first = problems.first {
        filter.causes = [first.key.cause]
        let incidents = try reader.incidents(filter, limit: incidentsMax).incidents
        seen.example = incidents.first { isHere($0, target) } ?? incidents.first
        seen.poolIdleMs = seen.example?.evidence?.timeouts?.poolIdle
        seen.responseHeadMs = seen.example?.evidence?.timeouts?.responseHead
      }
      return .value(seen)
    } catch {
      return .notRun("The store could not be read: \(error).")
    }
  }

  /// A problem of the endpoint, or of no endpoint in particular.
  private static func isHere(_ key: ProblemKey, _ target: ExaminationTarget) -> Bool {
    key.upstream == target.upstream && (key.endpoint == nil || key.endpoint == target.endpoint)
  }

  private static func isHere(_ incident: Incident, _ target: ExaminationTarget) -> Bool {
    incident.record.attempts?.contains { $0.endpoint == target.endpoint } == true
  }
}
