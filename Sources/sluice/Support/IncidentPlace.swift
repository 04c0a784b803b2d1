import SluiceIncidents
import Synchronization

/// The store of a running gateway, opened for reading when somebody first asks, and kept open.
final class IncidentPlace: Sendable {
  /// nil: incidents are not kept.
  let path: String?
  private let opened = Mutex<IncidentReader?>(nil)

  init(_ path: String?) { self.path = path }

  /// - Returns: nil where incidents are not kept.
  /// - Throws: `StoreError`, also where the gateway has not made the file yet.
  func reader() throws(StoreError) -> IncidentReader? {
    guard let path else { return nil }
    if let reader = opened.withLock({ $0 }) { return reader }
    let reader = try IncidentReader(path: path)
    opened.withLock { $0 = reader }
    return reader
  }
}
