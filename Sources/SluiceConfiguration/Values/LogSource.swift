/// Where an application writes its own log.
public enum LogSource: Sendable, Hashable {
  case file(path: String)
  /// A unit of the system's journal.
  case journal(unit: String)
}
