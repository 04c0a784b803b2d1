/// How many responses had each status. Those of the IANA registry and 499 have a place of their own; others are counted
/// by their class, so that no application can make more series than there are places.
public struct StatusCounts: Equatable, Sendable {
  static let count = 72
  /// By place; behind them the five classes and the place of those that had no status.
  private static let known: [UInt16] =
    Array(100...104) + Array(200...208) + [226] + Array(300...308) + Array(400...418) + Array(421...426)
    + [428, 429, 431, 451, 499] + Array(500...508) + [510, 511]
  private static let classes = known.count
  private static let none = classes + 5

  /// The place of each status below 600.
  private static let places: [UInt8] = (0..<600).map { status in
    if let place = known.firstIndex(of: UInt16(status)) { return UInt8(place) }
    return status < 100 ? UInt8(none) : UInt8(classes + status / 100 - 1)
  }

  private var counts = InlineArray<72, UInt64>(repeating: 0)

  public init() {}

  public mutating func add(_ status: UInt16) {
    // A client takes what is no status for a 5xx (RFC 9110 section 15).
    counts[status < 600 ? Int(Self.places[Int(status)]) : Self.classes + 4] &+= 1
  }

  public mutating func add(_ other: StatusCounts) {
    for index in counts.indices { counts[index] &+= other.counts[index] }
  }

  /// Those that were seen, in the order of their numbers: `200`, `5xx` for an unregistered one, `none` for an exchange
  /// that was cut before it had any.
  public var seen: [(name: String, count: UInt64)] {
    counts.indices.compactMap { place in counts[place] > 0 ? (Self.name(place), counts[place]) : nil }
  }

  public var count: UInt64 { counts.indices.reduce(0) { $0 &+ counts[$1] } }

  private static func name(_ place: Int) -> String {
    if place < classes { return "\(known[place])" }
    return place < none ? "\(place - classes + 1)xx" : "none"
  }

  public static func == (left: StatusCounts, right: StatusCounts) -> Bool {
    left.counts.indices.allSatisfy { left.counts[$0] == right.counts[$0] }
  }
}
