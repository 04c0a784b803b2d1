/// Whether a cache may keep a response that says nothing about it (RFC 9110 section 15.1, RFC 9111 section 3).
public enum StatusCaching: String, Sendable, Encodable {
  /// With a lifetime that the cache guesses.
  case byDefault
  /// Only where the response says how long.
  case onlyIfAllowed
  /// Its specification forbids it.
  case never
  /// It is no final response, or only changes a stored one.
  case notApplicable

  init(code: Int) {
    switch code {
    case 200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 451, 501: self = .byDefault
    case 428, 429, 431, 511: self = .never
    case 0, 100..<200, 304: self = .notApplicable
    default: self = .onlyIfAllowed
    }
  }

  public var sentence: String {
    switch self {
    case .byDefault: "yes, with a lifetime that the cache may guess"
    case .onlyIfAllowed: "no, only where the response says how long"
    case .never: "no, storing it is forbidden"
    case .notApplicable: "does not apply"
    }
  }
}
