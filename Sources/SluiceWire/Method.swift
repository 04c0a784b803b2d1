/// The request method. Methods are case-sensitive (RFC 9110 9.1): `get` is `.other`.
public enum Method: UInt8, Sendable, CaseIterable {
  case get
  case head
  case post
  case put
  case delete
  case connect
  case options
  case trace
  case patch
  /// Any other token; its text is in the head.
  case other

  /// The method asks for nothing but a view of the resource (RFC 9110 9.2.1).
  public var isSafe: Bool {
    switch self {
    case .get, .head, .options, .trace: true
    case .post, .put, .delete, .connect, .patch, .other: false
    }
  }

  /// Several identical requests have the effect of one (RFC 9110 9.2.2), so that a lost one may be sent again.
  public var isIdempotent: Bool {
    switch self {
    case .get, .head, .options, .trace, .put, .delete: true
    case .post, .connect, .patch, .other: false
    }
  }
}
