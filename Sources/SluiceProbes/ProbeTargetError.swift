/// Why a text names nothing that could be looked at.
public struct ProbeTargetError: Error, Equatable, Sendable {
  /// A sentence without its full stop.
  public var what: String
  /// What was probably meant.
  public var suggestion: String?

  public init(what: String, suggestion: String? = nil) {
    self.what = what
    self.suggestion = suggestion
  }
}

extension ProbeTargetError: CustomStringConvertible {
  public var description: String { what + (suggestion.map { "; write '\($0)'" } ?? "") }
}
