internal import Dispatch
internal import Synchronization
internal import SluiceIncidents

/// Looks with an end: whatever a look waits for, its caller waits no longer than the limit.
enum Look {
  /// Runs an asynchronous look. When the time is over it is cancelled, and what it still does is its own affair.
  static func within<Value>(
    _ limit: Duration, _ look: @escaping @Sendable () async -> Seen<Value>
  ) async -> Seen<Value> {
    await withCheckedContinuation { continuation in
      let pending = Mutex<CheckedContinuation<Seen<Value>, Never>?>(continuation)
      let end: @Sendable (Seen<Value>) -> Void = { seen in
        pending.withLock { pending in
          defer { pending = nil }
          return pending
        }?.resume(returning: seen)
      }
      let looking = Task { end(await look()) }
      Task {
        try? await Task.sleep(for: limit)
        looking.cancel()
        end(.timedOut(milliseconds: limit.milliseconds))
      }
    }
  }

  /// Runs a look that blocks (files, `/proc`) on a thread of its own, so that a broken disk holds up nothing else.
  static func blocking<Value>(
    within limit: Duration, _ look: @escaping @Sendable () -> Seen<Value>
  ) async -> Seen<Value> {
    await within(limit) {
      await withCheckedContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(returning: look()) }
      }
    }
  }
}

extension Duration {
  var milliseconds: Double {
    Double(components.seconds) * 1000 + Double(components.attoseconds) / 1e15
  }
}
