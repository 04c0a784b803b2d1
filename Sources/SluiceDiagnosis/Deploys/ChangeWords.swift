internal import SluiceIncidents

/// A change as a part of a sentence.
enum ChangeWords {
  /// Characters of a change's text within a sentence.
  static let textMax = 60

  /// `the deploy "api v42"`.
  static func name(_ change: Change) -> String {
    let text = Shown.text(change.text, limit: textMax)
    return switch change.kind {
    case .start: "the start of the gateway"
    case .reload: "the reload of the configuration (\(text))"
    case .reloadRefused: "the reload that was refused (\(text))"
    case .deploy: "the deploy \"\(text)\""
    case .drain: "the operator's doing (\(text))"
    case .certificate: "another certificate (\(text))"
    case .process: "another process (\(text))"
    case .addresses: "other addresses (\(text))"
    case .version: "another version (\(text))"
    case .endpoints: "changed endpoints (\(text))"
    }
  }

  /// `, 3 min before`.
  static func ago(_ change: Change, _ moment: Int64) -> String {
    ", \(Shown.duration(Double(max(moment - change.time, 0)))) before"
  }
}
