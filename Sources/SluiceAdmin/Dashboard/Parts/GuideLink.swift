internal import SluiceCore
internal import SluiceDiagnosis

/// Paths of the guide's pages; nil where there is none.
struct GuideLink: Sendable {
  /// Whether the guide is served at this address.
  var isThere: Bool

  var entrance: String? { isThere ? "/guide/" : nil }

  func cause(_ identifier: String) -> String? {
    guard isThere else { return nil }
    if Cause(identifier: identifier) != nil { return "/guide/cause/\(identifier)" }
    return RootCause(rawValue: identifier) == nil ? nil : "/guide/root-cause/\(identifier)"
  }

  /// Of the codes that a gateway answers with.
  func status(_ code: Int) -> String? {
    isThere && (400...511).contains(code) ? "/guide/status/\(code)" : nil
  }
}
