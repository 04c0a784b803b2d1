/// What is wanted of the lines.
struct ScanRange: Sendable, Equatable {
  /// Unix time in milliseconds; lines before it are left out, but counted as lines.
  var since: Int64?
  /// As `since`: at or behind it.
  var until: Int64?
  /// Whether ordinary lines become entries, too.
  var everyLine = false

  @inline(__always)
  func leavesOut(_ time: Int64?) -> Bool {
    guard since != nil || until != nil, let time else { return false }
    if let since, time < since { return true }
    if let until, time >= until { return true }
    return false
  }
}
