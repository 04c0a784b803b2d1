internal import NIOCore
internal import Synchronization

/// Counts what a lab sees, and knows its open channels so that a stop leaves none behind. Shared by all event loops.
final class LabLedger: Sendable {
  private struct State {
    var counts = LabCounts()
    var channels: [ObjectIdentifier: any Channel] = [:]
    var occurrences: [String: Int] = [:]
    var isStopped = false
    /// Apart from the counts, so that a reset does not give a number twice.
    var sequence = 0
  }

  private let state = Mutex(State())
  let limits: LabLimits

  init(limits: LabLimits) { self.limits = limits }

  var counts: LabCounts { state.withLock { $0.counts } }

  /// Takes a channel in and gives it its number, or nil where it must be closed.
  func admit(_ channel: any Channel) -> Int? {
    let number: Int? = state.withLock { state in
      guard !state.isStopped, state.channels.count < limits.connections else {
        state.counts.connectionsRefused += 1
        return nil
      }
      state.channels[ObjectIdentifier(channel)] = channel
      state.counts.connectionsOpened += 1
      state.counts.connectionsOpen += 1
      state.sequence += 1
      return state.sequence
    }
    guard let number else { return nil }
    let key = ObjectIdentifier(channel)
    channel.closeFuture.whenComplete { [self] _ in
      state.withLock { state in
        if state.channels.removeValue(forKey: key) != nil { state.counts.connectionsOpen -= 1 }
      }
    }
    return number
  }

  /// From now on nothing is admitted; returns what is open.
  func stop() -> [any Channel] {
    state.withLock { state in
      state.isStopped = true
      return Array(state.channels.values)
    }
  }

  func reset() {
    state.withLock { state in
      let open = state.counts.connectionsOpen
      state.counts = LabCounts()
      state.counts.connectionsOpen = open
    }
  }

  func count(_ request: LabRequest) {
    state.withLock { state in
      state.counts.requests += 1
      Self.add(request.path, to: &state.counts.requestsByPath, max: limits.distinctKeys)
      if let key = request.field("idempotency-key") {
        Self.add(key, to: &state.counts.idempotencyKeys, max: limits.distinctKeys)
      }
    }
  }

  /// How often a request of this exchange came, this time included. What is not told apart counts as one exchange.
  func occurrence(of request: LabRequest) -> Int {
    let key = String((request.path + " " + (request.field(LabRequest.exchangeField) ?? "")).prefix(256))
    return state.withLock { state in
      if state.occurrences[key] == nil, state.occurrences.count >= limits.distinctKeys { state.occurrences = [:] }
      state.occurrences[key, default: 0] += 1
      return state.occurrences[key, default: 1]
    }
  }

  func count(bodyBytes: Int) { state.withLock { $0.counts.bodyBytes += bodyBytes } }

  func countBody() { state.withLock { $0.counts.bodies += 1 } }

  private static func add(_ key: String, to counts: inout [String: Int], max bound: Int) {
    let isKnown = counts[key] != nil || counts.count < bound
    counts[isKnown ? key : "other", default: 0] += 1
  }
}
