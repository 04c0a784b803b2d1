internal import SluiceConfiguration
internal import SluiceCore
internal import Synchronization

/// What one upstream may use, for the whole process; it outlives reloads.
///
/// The request permits are the one gate in front of the upstream. Where the limit adapts, it moves the gate's capacity.
final class UpstreamPermits: Sendable {
  let requests: PermitGate
  let connections: PermitGate
  let retries = RetryGate()
  /// nil: the limit on requests is the configured one. Locked ten times a second by each worker, never by a request.
  private let adaptive: Mutex<AdaptiveLimit?>
  /// What holds requests back, as `AdmissionLimit.rawValue`, for those who are about to wait.
  private let bindingLimit: Atomic<UInt8>

  init(_ upstream: UpstreamConfiguration, at now: Instant) {
    let limits = upstream.limits
    let limit = upstream.adaptive.map { AdaptiveLimit($0, ceiling: limits.requests, at: now) }
    requests = PermitGate(capacity: limit?.limit ?? limits.requests, queueLimit: limits.queue)
    connections = PermitGate(capacity: limits.connections, queueLimit: limits.queue)
    bindingLimit = Atomic((limit?.binding ?? .configured).rawValue)
    adaptive = Mutex(limit)
  }

  /// A reload may change every bound. What the adaptive limit has learned stays while it is switched on.
  func adopt(_ upstream: UpstreamConfiguration, at now: Instant) {
    let limits = upstream.limits
    connections.resize(capacity: limits.connections, queueLimit: limits.queue)
    adaptive.withLock { adaptive in
      if let policy = upstream.adaptive {
        if adaptive == nil { adaptive = AdaptiveLimit(policy, ceiling: limits.requests, at: now) }
        adaptive?.adopt(policy, ceiling: limits.requests, at: now)
      } else {
        adaptive = nil
      }
      bindingLimit.store((adaptive?.binding ?? .configured).rawValue, ordering: .relaxed)
      requests.resize(capacity: adaptive?.limit ?? limits.requests, queueLimit: limits.queue)
    }
  }

  /// What a request that gets no permit now is held back by.
  var binding: AdmissionLimit { AdmissionLimit(rawValue: bindingLimit.load(ordering: .relaxed)) ?? .configured }

  /// The adaptive limit at this moment, for whoever shows it.
  var adaptiveLimit: AdaptiveLimit? { adaptive.withLock { $0 } }

  /// What a worker's next samples begin with; nil where none are wanted.
  var samples: AdaptiveSamples? { adaptive.withLock { $0?.samples } }

  /// A worker tells what it saw.
  ///
  /// - Returns: what its next samples begin with; nil where none are wanted any longer.
  func take(_ samples: AdaptiveSamples, at now: Instant, random: UInt64) -> AdaptiveSamples? {
    adaptive.withLock { adaptive in
      guard var limit = adaptive else { return nil }
      let before = limit.limit
      limit.add(samples, at: now, random: random)
      adaptive = limit
      if limit.limit != before {
        bindingLimit.store(limit.binding.rawValue, ordering: .relaxed)
        // Under the lock, so that of two workers the later one has the last word.
        requests.resize(capacity: limit.limit)
      }
      return limit.samples
    }
  }
}
