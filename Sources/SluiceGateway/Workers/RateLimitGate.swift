internal import SluiceCore
internal import Synchronization

/// One rate limit of one route, for the whole process; it outlives reloads.
///
/// Sharded by key: workers meet at a lock only for keys of the same shard, and only on routes that have a limit.
final class RateLimitGate: Sendable {
  static let shardCount = 16
  /// Keys that are told apart at a time, over all shards. 16 bytes each.
  static let bucketsMax = 65_536

  private final class Shard: Sendable {
    let limiter: Mutex<RateLimiter>

    init(_ limit: RateLimit) {
      limiter = Mutex(RateLimiter(limit, buckets: RateLimitGate.bucketsMax / RateLimitGate.shardCount))
    }
  }

  let key: RateLimit.Key
  private let shards: [Shard]

  init(_ limit: RateLimit) {
    key = limit.key
    shards = (0..<Self.shardCount).map { _ in Shard(limit) }
  }

  func adopt(_ limit: RateLimit) {
    for shard in shards { shard.limiter.withLock { $0.adopt(limit) } }
  }

  func take(_ hash: UInt64, at now: Instant) -> RateDecision {
    shards[Int(hash % UInt64(Self.shardCount))].limiter.withLock { $0.take(hash, at: now) }
  }
}
