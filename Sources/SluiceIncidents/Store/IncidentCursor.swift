/// An incident's place in the order of storing. It means nothing in another store.
public struct IncidentCursor: Equatable, Comparable, Sendable {
  var number: Int64

  public static func < (left: IncidentCursor, right: IncidentCursor) -> Bool { left.number < right.number }
}
