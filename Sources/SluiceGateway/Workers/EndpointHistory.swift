internal import SluiceCore
internal import SluiceIncidents
internal import Synchronization

/// What all workers last saw of one endpoint: evidence for incidents. It outlives reloads.
///
/// A success costs two relaxed loads, and a store at most every `successGrain`; the lock is for failures.
final class EndpointHistory: Sendable {
  /// How exactly the last success is known.
  static let successGrain = TimeSpan.milliseconds(20)

  private struct Failure {
    var at: Instant
    var cause: Cause
  }

  private struct Failures {
    var inARow = 0
    var last: Failure?
    var beforeLast: Failure?
  }

  let endpoint: String
  private let lastSuccess = Atomic<Int64>(.min)
  private let isFailing = Atomic<Bool>(false)
  private let failures = Mutex(Failures())

  init(endpoint: String) { self.endpoint = endpoint }

  /// - Returns: whether it had failed since its last success: then the success is news.
  func succeeded(at now: Instant) -> Bool {
    let last = lastSuccess.load(ordering: .relaxed)
    if last == .min || now.nanoseconds - last > Self.successGrain.nanoseconds {
      lastSuccess.store(now.nanoseconds, ordering: .relaxed)
    }
    guard isFailing.load(ordering: .relaxed) else { return false }
    isFailing.store(false, ordering: .relaxed)
    lastSuccess.store(now.nanoseconds, ordering: .relaxed)
    failures.withLock { $0.inARow = 0 }
    return true
  }

  func failed(_ cause: Cause, at now: Instant) {
    isFailing.store(true, ordering: .relaxed)
    failures.withLock { failures in
      failures.inARow += 1
      failures.beforeLast = failures.last
      failures.last = Failure(at: now, cause: cause)
    }
  }

  /// - Parameter isFailedOne: whether the newest failure is the one that is being explained; what counts is then the
  ///   one before it.
  func condition(at now: Instant, isFailedOne: Bool, _ state: HealthView.State?) -> EndpointCondition {
    let seen = failures.withLock { $0 }
    let success = lastSuccess.load(ordering: .relaxed)
    let failure = isFailedOne ? seen.beforeLast : seen.last
    var condition = EndpointCondition(
      endpoint: endpoint,
      lastSuccessMs: success == .min ? nil : (now - Instant(nanoseconds: success)).inSeconds * 1000,
      lastFailureMs: failure.map { (now - $0.at).inSeconds * 1000 },
      lastFailureCause: failure?.cause.identifier,
      failuresInARow: seen.inARow)
    guard let state else { return condition }
    condition.standing = state.standing.identifier
    condition.standingReason = state.reason == .new ? nil : state.reason.identifier
    condition.standingForMs = (now - state.since).inSeconds * 1000
    switch state.standing {
    case .ejected(let until), .returning(let until): condition.untilMs = (until - now).inSeconds * 1000
    case .healthy, .unhealthy, .draining: break
    }
    return condition
  }
}
