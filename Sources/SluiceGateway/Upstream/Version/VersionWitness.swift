internal import SluiceIncidents
internal import Synchronization

/// Which version each endpoint's responses tell, and when it becomes another: a deploy that nobody marked.
///
/// # Why this way
/// It looks at the first response of a connection only: a restart closes all connections, so another version always
/// comes on a new one, and nothing is done for the other requests. A rolling deploy answers with both versions for a
/// while; a version that was seen within ten minutes is no news, so it is told once.
final class VersionWitness: Sendable {
  /// Fields that tell a version, in lower case.
  static let fields = ["x-version", "x-app-version", "x-release", "x-build", "x-revision", "server"]
  /// Milliseconds for which a version is known: 10 minutes.
  static let memory: Int64 = 600_000
  /// Endpoints, each with one of the fields, that are watched.
  static let placesMax = 1_024
  /// Versions of one place that are remembered.
  static let valuesMax = 8

  struct Place: Hashable {
    var upstream: String
    var endpoint: String
    /// In lower case.
    var field: String
  }

  private struct Seen {
    var current: String
    /// When each was last seen, as Unix time in milliseconds.
    var values: [String: Int64]
  }

  private let places = Mutex<[Place: Seen]>([:])

  /// The value of a field, as it came.
  ///
  /// - Parameters:
  ///   - name: as the endpoint writes it.
  ///   - wall: Unix time in milliseconds.
  /// - Returns: what has changed, where it is another version than of late.
  func saw(_ bytes: [UInt8], name: String, at place: Place, wall: Int64) -> Change? {
    guard let value = Self.text(bytes) else { return nil }
    let before = places.withLock { places -> String? in
      guard var seen = places[place] else {
        if places.count < Self.placesMax { places[place] = Seen(current: value, values: [value: wall]) }
        return nil
      }
      defer { places[place] = seen }
      let isKnown = seen.values[value].map { abs(wall - $0) <= Self.memory } ?? false
      let before = seen.current
      if value == before || isKnown || seen.values.count >= Self.valuesMax {
        seen.values = seen.values.filter { abs(wall - $0.value) <= Self.memory }
      }
      guard seen.values.count < Self.valuesMax || seen.values[value] != nil else { return nil }
      seen.values[value] = wall
      seen.current = value
      return value == before || isKnown ? nil : before
    }
    guard let before else { return nil }
    let change = VersionChange(endpoint: place.endpoint, field: name, before: before, after: value)
    return Change(kind: .version, time: wall, text: change.text, upstream: place.upstream)
  }

  /// A bounded text of printable ASCII without quotes; nil: it is no version.
  static func text(_ bytes: [UInt8]) -> String? {
    let text = bytes.prefix(VersionChange.valueMax).filter { $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 }
    return text.isEmpty ? nil : String(decoding: text, as: UTF8.self)
  }

  /// Forgets endpoints that a reload removed.
  func keep(_ wanted: Set<String>) {
    places.withLock { places in places = places.filter { wanted.contains($0.key.endpoint) } }
  }
}
