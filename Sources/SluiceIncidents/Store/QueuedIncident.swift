/// An incident that waits for the store's thread. A class, so that the queue moves pointers and not values of several
/// hundred bytes while its lock is held.
final class QueuedIncident: Sendable {
  let entry: IncidentEntry
  /// Unix time in milliseconds.
  let arrivedAt: Int64
  /// Memory that it takes, about.
  let bytes: Int

  init(_ entry: IncidentEntry, arrivedAt: Int64) {
    var entry = entry
    // The encoder reserves for the worst case, which is several times what a line has.
    if entry.line.capacity > entry.line.count + Self.spareMax {
      entry.line = entry.line.withUnsafeBufferPointer { Array($0) }
    }
    self.entry = entry
    self.arrivedAt = arrivedAt
    bytes = Self.overhead + entry.line.capacity + (entry.clientRequestID?.utf8.count ?? 0) + Self.bytes(entry.evidence)
  }

  /// Bytes of a line's storage that are kept though they hold nothing.
  private static let spareMax = 256
  /// The value itself, its names and the queue's place.
  private static let overhead = 1024

  private static func bytes(_ evidence: Evidence?) -> Int {
    guard let evidence else { return 0 }
    let places = (evidence.endpoints?.count ?? 0) + (evidence.changes?.count ?? 0)
    return (evidence.firstBytes?.text.utf8.count ?? 0) + places * 256 + (evidence.resolution?.addresses.count ?? 0) * 64
  }
}
