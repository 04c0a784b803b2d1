/// A piece of a proxy's format string.
enum FormatStringPart: Equatable {
  case literal(String)
  /// How the time is written, for a field that is one.
  case field(LogField, TimeForm? = nil)
  /// What nothing needs.
  case skipped
}
