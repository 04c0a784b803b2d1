/// What is known of a log before one of its lines is looked at. It decides what is tried first and not what is found:
/// a line is of one format alone.
struct FormatHint: Sendable, Equatable {
  /// Indices of formats that the log has, the most frequent first.
  var formats: [Int] = []
  /// Whether most lines are objects that hold the line of a proxy as a text.
  var isWrapped = false

  /// More are found by asking all formats.
  static let formatsMax = 8
}
