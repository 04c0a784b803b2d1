/// How far an attempt came, by the times that nginx tells of it.
enum NginxPhase: String {
  /// No endpoint was asked.
  case notAsked = "not asked"
  /// No connection, or no TLS handshake, was finished.
  case connecting
  /// The connection stood; no response head came.
  case waiting
  /// A response head came: the status is the endpoint's.
  case answered
}
