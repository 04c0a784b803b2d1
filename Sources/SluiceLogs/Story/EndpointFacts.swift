/// What became of one endpoint of a problem.
struct EndpointFacts: Equatable, Sendable {
  var name: String
  /// Requests that failed at it.
  var failures: Int
  /// Unix time in milliseconds of its first and last failure.
  var first: Int64?
  var last: Int64?
  /// Requests that it answered well before, while and after it failed; nil where no access log tells endpoints.
  var servedBefore: Int?
  var servedDuring: Int?
  var servedAfter: Int?
  /// Whether a check or an ejection's end told that it works again.
  var isUp: Bool

  /// Milliseconds from its first to its last failure.
  var span: Int64 {
    guard let first, let last else { return 0 }
    return last - first
  }
}
