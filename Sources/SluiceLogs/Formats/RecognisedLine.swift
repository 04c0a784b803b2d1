/// What one line is, for itself: without the log that it stands in.
public struct RecognisedLine: Equatable, Sendable {
  public let format: String
  public let product: LogProduct
  /// It would only be counted.
  public let isOrdinary: Bool
  /// Made of ordinary lines, too; nil where the line says nothing of a request, failure or event.
  public let entry: LogEntry?
}
