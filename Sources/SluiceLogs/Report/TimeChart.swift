/// Counts over time in slots of equal length.
public struct TimeChart: Equatable, Sendable, Codable {
  /// RFC 3339: the beginning of the first slot.
  public var start: String
  public var slotSeconds: Int
  public var failures: [Int]
  /// nil where no access log tells them.
  public var requests: [Int]?
}
