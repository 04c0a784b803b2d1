#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A sighting in the form in which the store keeps it.
struct StoredSighting: Sendable {
  /// Sightings of one endpoint that are kept.
  static let countMax = 64
  /// Since it was last seen, in milliseconds: 1 day.
  static let ageMax: Int64 = 86_400_000

  let upstream: String
  let endpoint: String
  let process: Int32
  let firstSeen: Int64
  let lastSeen: Int64
  let document: String

  init?(_ sighting: ProcessSighting, endpoint: String, upstream: String) {
    guard let data = try? JSONEncoder().encode(sighting) else { return nil }
    self.upstream = upstream
    self.endpoint = endpoint
    process = sighting.process
    firstSeen = sighting.firstSeen
    lastSeen = sighting.lastSeen
    document = String(decoding: data, as: UTF8.self)
  }

  /// nil where the text is none of this version's.
  static func sighting(_ document: String) -> ProcessSighting? {
    try? JSONDecoder().decode(ProcessSighting.self, from: Data(document.utf8))
  }
}
