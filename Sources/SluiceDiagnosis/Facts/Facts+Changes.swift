internal import SluiceCore
internal import SluiceIncidents

// Whether the failures began with a change.

extension Facts {
  /// Milliseconds after a change in which what begins is taken for its doing.
  static let consequenceTime: Int64 = 120_000

  /// What may have made the application another one: what somebody marked, else what was noticed.
  ///
  /// One deploy is often seen several ways (a mark, another process, another version), moments apart and in any order.
  /// So the first is taken that the failures did not begin before, and the mark says best what it was.
  var latestDeploy: Change? {
    let kinds: [Change.Kind] = [.deploy, .certificate, .version, .process]
    let latest = kinds.compactMap { kind in changes.first { $0.kind == kind } }
    return latest.first { began(after: $0) != false } ?? latest.first
  }
  var latestReload: Change? { changes.first { $0.kind == .reload || $0.kind == .endpoints } }
  var latestRefusal: Change? { changes.first { $0.kind == .reloadRefused } }

  /// Whether the failures began after a change and not before it; nil where that is not known.
  ///
  /// The problem tells its beginning. Without it, an endpoint that has failed in a row since before the change did not
  /// answer since: its last success is older than the change.
  func began(after change: Change) -> Bool? {
    if let problem { return problem.firstSeen >= change.time }
    guard let time, let own, own.failuresInARow > 1, let ago = own.lastSuccessMs, ago >= 0, ago < 1e12 else {
      return nil
    }
    let success = time - Int64(ago)
    // The last success a moment before or after the change: the change made the difference.
    return success > change.time - Self.consequenceTime && success <= change.time + Self.sameTime ? true : nil
  }

  /// Whether the failures began within two minutes after a change.
  func followed(_ change: Change) -> Bool {
    guard began(after: change) == true else { return false }
    guard let start = problem?.firstSeen ?? time else { return false }
    return start - change.time <= Self.consequenceTime
  }

  func shown(_ change: Change) -> String {
    let ago = time.map { " " + Shown.duration(Double($0 - change.time)) + " before" } ?? ""
    let text = Shown.text(change.text, limit: 40)
    return switch change.kind {
    case .start: "The gateway was started\(ago) (\(text))."
    case .reload: "The configuration was reloaded\(ago) (\(text))."
    case .reloadRefused: "A reload was refused\(ago), and the old configuration went on (\(text))."
    case .deploy: "A deploy was marked\(ago) (\(text))."
    case .drain: "The operator \(text)\(ago)."
    case .certificate: "A new certificate was seen\(ago) (\(text))."
    case .process: "Another process was seen\(ago) (\(text))."
    case .addresses: "The name's addresses were seen to change\(ago) (\(text))."
    case .version: "Another version was seen\(ago) (\(text))."
    case .endpoints: "A reload changed endpoints\(ago) (\(text))."
    }
  }
}
