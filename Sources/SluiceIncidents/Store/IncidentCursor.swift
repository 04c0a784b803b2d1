/// An incident's place in the order of storing. It means nothing in another store.
public struct IncidentCursor: Equatable, Comparable, Sendable {
  package var number: Int64

  package init(number: Int64) { self.number = number }

  public static func < (left: IncidentCursor, right: IncidentCursor) -> Bool { left.number < right.number }
}
