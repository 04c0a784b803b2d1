/// The deadlines of one exchange, as numbers. The shell keeps one timer for the earliest and tells when it came;
/// moving a deadline costs a store.
public struct Deadlines: Sendable, Equatable {
  /// Waiting for a request or connection permit.
  public var queue = Instant.never
  /// The whole request has arrived; a final head must follow, all attempts included.
  public var request = Instant.never
  /// The whole request was sent; a final head must follow.
  public var responseHead = Instant.never
  /// We wait for body bytes of the client.
  public var clientRead = Instant.never
  /// We wait for the client to take bytes.
  public var clientWrite = Instant.never
  /// We wait for body or tunnel bytes of the upstream.
  public var upstreamRead = Instant.never
  /// We wait for the upstream to take bytes.
  public var upstreamWrite = Instant.never
  /// The endpoint that failed is asked again.
  public var pause = Instant.never

  public init() {}

  public var earliest: Instant {
    min(
      min(min(queue, request), min(responseHead, clientRead)),
      min(min(clientWrite, upstreamRead), min(upstreamWrite, pause)))
  }

  /// Nothing that belongs to an attempt is waited for any longer.
  mutating func clearAttempt() {
    responseHead = .never
    upstreamRead = .never
    upstreamWrite = .never
    queue = .never
  }

  mutating func clear() { self = Deadlines() }
}
