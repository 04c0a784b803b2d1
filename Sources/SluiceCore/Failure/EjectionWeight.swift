/// How a cause counts against an endpoint in outlier detection.
public enum EjectionWeight: UInt8, CaseIterable, Hashable, Sendable {
  /// The endpoint was not reached, or proved that it did not process the request: one ejects it, since trying it again
  /// later costs a request nothing.
  case connect
  /// The endpoint was reached and cannot be talked to: a few in a row eject it.
  case connection
  /// The endpoint can be talked to but answers late or breaks off: more in a row eject it.
  case response
  /// The application's own word: only a success rate far below that of its peers ejects it.
  case successRate
  /// Not the endpoint's doing, or nothing that another endpoint would do better.
  case never
}
