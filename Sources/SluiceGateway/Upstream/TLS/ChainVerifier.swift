internal import Crypto
internal import Synchronization

/// Verifies chains away from the event loops, each once for all that ask at the same time, and remembers the outcome.
///
/// Refused chains are remembered as good ones are: an endpoint whose certificate has expired is tried again and again.
final class ChainVerifier: Sendable {
  /// How long an outcome holds, in milliseconds; less where a date in the chain makes a difference before.
  static let lifetime: Int64 = 300_000
  /// Outcomes that are remembered.
  static let outcomesMax = 1_024
  /// Different chains that are verified, or wait for it, at a time.
  static let pendingMax = 256

  private struct Key: Hashable {
    var digest: [UInt8]
  }

  private struct Known {
    var chain: JudgedChain
    var until: Int64
  }

  private struct State {
    var known: [Key: Known] = [:]
    /// Made when they are needed first.
    var threads: VerificationThreads?
    var pending: [Key: [@Sendable (JudgedChain?) -> Void]] = [:]
  }

  private let state = Mutex(State())

  /// - Parameters:
  ///   - encoded: the chain as sent, each in DER.
  ///   - now: Unix time in milliseconds.
  ///   - completion: called once, on this thread where the outcome is known, else on one of ours. nil: too much else is
  ///     being verified.
  func verify(
    _ encoded: [[UInt8]], for identity: PeerIdentity, trust: TrustStore?, at now: Int64,
    _ completion: @escaping @Sendable (JudgedChain?) -> Void
  ) {
    let key = Self.key(encoded, identity, trust)
    enum Step {
      case known(JudgedChain), isFull, joins
      case begins(VerificationThreads)
    }
    let step = state.withLock { state -> Step in
      if let known = state.known[key], known.until > now { return .known(known.chain) }
      if state.pending[key] != nil {
        state.pending[key]?.append(completion)
        return .joins
      }
      guard state.pending.count < Self.pendingMax else { return .isFull }
      state.pending[key] = [completion]
      let threads = state.threads ?? VerificationThreads()
      state.threads = threads
      return .begins(threads)
    }
    switch step {
    case .known(let chain): completion(chain)
    case .isFull: completion(nil)
    case .joins: break
    case .begins(let threads):
      Task(executorPreference: threads) { [self] in
        let judge = ChainJudge(trust: trust, identity: identity, now: now)
        finish(key, await judge.judge(encoded), at: now)
      }
    }
  }

  private func finish(_ key: Key, _ chain: JudgedChain, at now: Int64) {
    let waiting = state.withLock { state in
      if state.known.count >= Self.outcomesMax { state.known = state.known.filter { $0.value.until > now } }
      // Full of what holds still: any of them can be found out again.
      if state.known.count >= Self.outcomesMax { state.known.removeAll() }
      state.known[key] = Known(chain: chain, until: min(now + Self.lifetime, chain.changesAt))
      return state.pending.removeValue(forKey: key) ?? []
    }
    for completion in waiting { completion(chain) }
  }

  private static func key(_ encoded: [[UInt8]], _ identity: PeerIdentity, _ trust: TrustStore?) -> Key {
    var hash = SHA256()
    for bytes in encoded {
      withUnsafeBytes(of: bytes.count) { hash.update(bufferPointer: $0) }
      hash.update(data: bytes)
    }
    hash.update(data: Array("\(identity)".utf8))
    if let trust { hash.update(data: trust.digest) }
    return Key(digest: Array(hash.finalize()))
  }

  func stop() { state.withLock { $0.threads }?.stop() }
}
