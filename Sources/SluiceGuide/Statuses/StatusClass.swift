/// What the first digit says (RFC 9110 section 15).
public enum StatusClass: Int, CaseIterable, Sendable {
  case none = 0
  case informational = 1
  case successful = 2
  case redirection = 3
  case clientError = 4
  case failure = 5
  case beyond = 6

  init(code: Int) { self = StatusClass(rawValue: code / 100) ?? .beyond }

  public var title: String {
    switch self {
    case .none: "no status"
    case .informational: "informational (1xx)"
    case .successful: "successful (2xx)"
    case .redirection: "redirection (3xx)"
    case .clientError: "client error (4xx)"
    case .failure: "server error (5xx)"
    case .beyond: "outside of the five classes"
    }
  }

  /// Who speaks, where nothing more is known.
  var who: String {
    switch self {
    case .none: "Nobody: no status was sent."
    case .informational: "Whoever answers, before the final response."
    case .successful, .redirection: "Whoever answers: the application, or a gateway in its place."
    case .clientError: "Whoever answers, about the request: the application, or a gateway in its place."
    case .failure, .beyond: "Whoever answers, about itself or what is behind it."
    }
  }

  /// What a client makes of a code of this class that it does not know.
  var unknownCode: String {
    switch self {
    case .none: "It is no status code: nothing was answered."
    case .informational: "A client that does not know it waits on for the final response."
    case .successful: "A client that does not know it treats it as `200`."
    case .redirection: "A client that does not know it treats it as `300`."
    case .clientError: "A client that does not know it treats it as `400`."
    case .failure, .beyond: "A client that does not know it treats it as `500`."
    }
  }
}
