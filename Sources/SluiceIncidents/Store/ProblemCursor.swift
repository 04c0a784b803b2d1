/// A problem's place in the list of those that were seen last.
public struct ProblemCursor: Equatable, Sendable {
  /// Unix time in milliseconds.
  var lastSeen: Int64
  var number: Int64

  public init(_ problem: Problem) {
    lastSeen = problem.lastSeen
    number = problem.number
  }

  /// - Parameter text: as `text` gives it; nil for any other.
  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let lastSeen = Int64(parts[0]), let number = Int64(parts[1]), lastSeen >= 0, number >= 0
    else { return nil }
    self.lastSeen = lastSeen
    self.number = number
  }

  public var text: String { "\(lastSeen)-\(number)" }
}
