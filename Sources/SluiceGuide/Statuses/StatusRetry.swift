/// Whether the same request should be sent again.
public enum StatusRetry: String, Sendable, Encodable {
  case notApplicable
  /// The same request gets the same answer.
  case never
  /// Once something in the request is different.
  case changed
  /// Later, whatever the method: the request was not carried out.
  case later
  /// Later, where doing it twice does no harm.
  case laterIfIdempotent
  /// At once, in another way.
  case otherwise

  public var sentence: String {
    switch self {
    case .notApplicable: "There is nothing to try again."
    case .never: "No: the same request gets the same answer."
    case .changed: "Only after the request was changed."
    case .later: "Yes, later: the request was not carried out."
    case .laterIfIdempotent:
      "Later, and by itself only what does no harm when it is done twice (GET, HEAD, PUT, DELETE)."
    case .otherwise: "Yes, at once, in the way that the answer names."
    }
  }
}
