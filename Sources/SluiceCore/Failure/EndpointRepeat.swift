/// Whether a request may go once more to an endpoint that has just failed it, where there is no other.
public enum EndpointRepeat: UInt8, CaseIterable, Hashable, Sendable {
  /// A new connection to the same endpoint has no reason to fail.
  case atOnce
  /// The endpoint may be back in a moment.
  case afterPause
  /// It would fail again, or it has cost its time already.
  case never
}
