/// What happened to an endpoint, or how time passed: trivial values. Endpoints are named by their index.
public enum HealthEvent: Hashable, Sendable {
  /// An attempt failed.
  ///
  /// - exchange: tells apart whose attempt it was; one exchange that fails twice counts once.
  /// - began: when the attempt did. One that began before the endpoint was last ejected or returned says nothing new.
  case failed(Int, Cause, exchange: UInt64, began: Instant)
  /// An attempt was answered. Told only where something waits for it: after a failure, and of attempts at an endpoint
  /// that was not available.
  case succeeded(Int, is5xx: Bool, began: Instant)
  /// The attempt that was a probe ended without saying anything of the endpoint.
  case probeLost(Int)
  /// Answers since the last report, and how many of them were the application's own 5xx.
  case counted(Int, answers: UInt32, answers5xx: UInt32)
  /// A second is over: success rates are compared, slow starts end.
  case secondPassed
  case checked(Int, CheckOutcome)
  case drained(Int)
  case undrained(Int)
}

/// What an active check found.
public enum CheckOutcome: Hashable, Sendable {
  case passed
  /// The endpoint failed with this cause.
  case failed(Cause)
  /// It answered with a status that is not among the expected ones.
  case unexpectedStatus(UInt16)
  /// Its gRPC health service answered, and not that the service is being served.
  case notServing
  /// The check failed for lack of something on our side, and says nothing of the endpoint.
  case inconclusive
}
