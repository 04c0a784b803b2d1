/// Incidents of one look, and where the next begins.
public struct IncidentPage: Equatable, Sendable {
  public var incidents: [Incident] = []
  /// Of the last incident that was looked at, found or not; the `after` of the next look in the same direction. nil:
  /// the store had nothing there.
  public var cursor: IncidentCursor?
  /// Whether there may be more in this direction.
  public var isMore = false
  /// Rows whose record could not be read; they are left out.
  public var unreadable = 0

  public init() {}
}
