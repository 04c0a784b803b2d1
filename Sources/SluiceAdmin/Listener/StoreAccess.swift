internal import NIOPosix
internal import SluiceIncidents

/// Reads the store for an answer, on a thread that may wait for a disk.
struct StoreAccess: Sendable {
  let source: AdminSource

  /// - Returns: what `body` made, or that there is no store, or that it cannot be read.
  func answer(_ body: @escaping @Sendable (IncidentReader, _ now: Int64) throws -> AdminAnswer) async -> AdminAnswer {
    let source = source
    let answered = try? await NIOThreadPool.singleton.runIfActive { () -> AdminAnswer in
      do {
        guard let reader = try source.store() else { return Self.isOff }
        return try body(reader, source.wallTime())
      } catch {
        return .problem(503, "Service unavailable", "The incidents cannot be read: \(error).")
      }
    }
    return answered ?? .problem(503, "Service unavailable", "The gateway is stopping.")
  }

  /// - Returns: nil where there is no store, or it cannot be read.
  func readIfThere<Value: Sendable>(
    _ body: @escaping @Sendable (IncidentReader, _ now: Int64) throws -> Value
  ) async -> Value? {
    let source = source
    return try? await NIOThreadPool.singleton.runIfActive { () -> Value? in
      guard let reader = try source.store() else { return nil }
      return try body(reader, source.wallTime())
    }
  }

  private static var isOff: AdminAnswer {
    .problem(
      503, "Service unavailable", "Nothing is kept: the configuration says `incidents: { store: off }`.")
  }
}
