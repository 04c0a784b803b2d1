internal import SluiceDiagnosis
public import SluiceIncidents

/// What was changed in the hour before a moment, and whether failures or slowness began with it: from the store that a
/// gateway writes, whether or not one runs.
public enum DeployLook {
  /// Milliseconds before the moment in which a change is looked for: an hour.
  static let reach: Int64 = 3_600_000
  static let limit = Duration.seconds(2)
  /// Changes that are kept, the latest.
  static let changesMax = 32

  /// - Parameters:
  ///   - endpoint: as configured; counts of its own are taken where there are any, else the upstream's.
  ///   - moment: Unix time in milliseconds; what happened later is left out.
  public static func look(
    upstream: String, endpoint: String?, moment: Int64, reader: IncidentReader
  ) async -> Seen<DeploysSeen> {
    await Look.blocking(within: limit) {
      do throws(StoreError) {
        return .value(try seen(upstream, endpoint, moment, reader))
      } catch {
        return .notRun("The store of the gateway cannot be read: \(error).")
      }
    }
  }

  private static func seen(
    _ upstream: String, _ endpoint: String?, _ moment: Int64, _ reader: IncidentReader
  ) throws(StoreError) -> DeploysSeen {
    var seen = DeploysSeen()
    let changes = try reader.changes(since: moment - reach)
    seen.changes = Array(
      changes.filter { $0.time <= moment && ($0.upstream == nil || $0.upstream == upstream) }.prefix(changesMax))
    guard !seen.changes.isEmpty else { return seen }
    let since = moment - DeployTests.reach
    var counts = try endpoint.map { endpoint throws(StoreError) in
      try reader.traffic(upstream: upstream, endpoint: endpoint, since: since)
    }
    if counts?.isEmpty != false { counts = try reader.traffic(upstream: upstream, since: since) }
    seen.tests = DeployTests.tests(seen.changes, counts ?? [], until: moment)
    seen.differences = differences(seen, endpoint)
    if let endpoint {
      let sightings = try reader.sightings(endpoint: endpoint, upstream: upstream)
      seen.differences += differences(sightings.filter { $0.firstSeen <= moment })
    }
    return seen
  }

  /// What the changes and tests tell of another version, certificate or latency.
  private static func differences(_ seen: DeploysSeen, _ endpoint: String?) -> [Difference] {
    var differences: [Difference] = []
    for change in seen.changes {
      switch change.kind {
      case .version:
        guard let version = VersionChange(text: change.text), endpoint == nil || version.endpoint == endpoint else {
          continue
        }
        var difference = Difference(
          kind: .version, before: "\(version.field) \(version.before)", after: "\(version.field) \(version.after)")
        difference.time = change.time
        differences.append(difference)
      case .certificate:
        if let endpoint, !change.text.hasPrefix(endpoint + " ") { continue }
        var difference = Difference(kind: .certificate, before: "another certificate", after: change.text)
        difference.time = change.time
        differences.append(difference)
      case .start, .reload, .reloadRefused, .deploy, .drain, .process, .endpoints, .addresses: break
      }
    }
    for test in seen.tests where test.measure == .latency && test.outcome == .began {
      guard let before = test.before.medianMs, let after = test.after.medianMs else { continue }
      var difference = Difference(kind: .latency, before: milliseconds(before), after: milliseconds(after))
      difference.time = test.change.time
      differences.append(difference)
      break
    }
    return differences
  }

  /// What the processes that were seen at the endpoint tell of another program.
  ///
  /// - Parameter sightings: the latest first.
  static func differences(_ sightings: [ProcessSighting]) -> [Difference] {
    let here = sightings.filter { !$0.isElsewhere }
    guard here.count > 1, let after = here[0].program, let before = here[1].program else { return [] }
    let isChanged = here[0].programChangedAt != here[1].programChangedAt
    guard after != before || isChanged && here[0].programChangedAt != nil else { return [] }
    var difference = Difference(kind: .program, before: before, after: after == before ? "\(after), changed" : after)
    difference.time = here[0].startedAt ?? here[0].firstSeen
    return [difference]
  }

  private static func milliseconds(_ value: Double) -> String { "\((value * 10).rounded() / 10) ms" }
}
