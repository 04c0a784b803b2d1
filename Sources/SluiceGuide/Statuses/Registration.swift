/// How a code stands in IANA's registry of HTTP status codes.
public enum Registration: String, Sendable, Encodable {
  case registered
  /// For a draft, until a day.
  case temporary
  /// Kept so that nobody uses it.
  case unused
  /// Its specification is historic.
  case obsoleted
  /// A product's own.
  case unregistered

  public var sentence: String {
    switch self {
    case .registered: "registered"
    case .temporary: "registered for a time, for a draft"
    case .unused: "registered as unused, so that it stays free"
    case .obsoleted: "registered as obsolete"
    case .unregistered: "not registered"
    }
  }
}
