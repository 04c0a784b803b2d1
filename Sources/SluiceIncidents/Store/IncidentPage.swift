/// Incidents of one look, and where the next begins.
public struct IncidentPage: Equatable, Sendable {
  public var incidents: [Incident] = []
  /// Of the last incident that was looked at, found or not; the `after` of the next look in the same direction. nil:
  /// the store had nothing there.
  public var cursor: IncidentCursor?
  /// Of the last incident that the store had at that time, whatever was asked for: the `after` of a look for those that
  /// came later. nil: it had none.
  public var end: IncidentCursor?
  /// Whether there may be more in this direction.
  public var isMore = false
  /// Rows whose record could not be read; they are left out.
  public var unreadable = 0

  public init() {}
}
