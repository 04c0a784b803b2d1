import UnixSignals

/// Looks again and again until somebody has seen enough.
enum Following {
  /// Twice a second, as fast as a person reads and slow enough to cost nothing.
  static let pause = Duration.milliseconds(500)

  /// - Parameter look: ends everything by throwing.
  static func poll(_ look: () async throws -> Void) async throws {
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    let (ends, end) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let listening = Task {
      for await _ in signals { break }
      end.finish()
    }
    defer { listening.cancel() }
    let ticking = Task {
      while !Task.isCancelled {
        try await Task.sleep(for: pause)
        end.yield()
      }
    }
    defer { ticking.cancel() }
    for await _ in ends { try await look() }
  }
}
