import SluiceLogs

/// Times and counts of a log report, which are texts in it, for people.
enum LogMoments {
  /// `20:14:02`, or `?`.
  static func clock(_ time: String?, later seconds: Int = 0) -> String {
    time.flatMap(milliseconds).map { Moments.clock($0 + Int64(seconds) * 1000) } ?? "?"
  }

  /// `2026-11-26 20:14:02`, or `?`.
  static func full(_ time: String) -> String {
    milliseconds(time).map { "\(Moments.day($0)) \(Moments.clock($0))" } ?? "?"
  }

  /// `2026-11-26 20:14:02 to 20:31:40 UTC (17 min)`.
  static func span(_ first: String?, _ last: String?) -> String? {
    guard let first = first.flatMap(milliseconds), let last = last.flatMap(milliseconds) else { return nil }
    let begin = "\(Moments.day(first)) \(Moments.clock(first))"
    guard last / 1000 > first / 1000 else { return begin + " UTC" }
    let sameDay = Moments.day(first) == Moments.day(last)
    let end = (sameDay ? "" : Moments.day(last) + " ") + Moments.clock(last)
    return "\(begin) to \(end) UTC (\(Amounts.span(Double(last / 1000 - first / 1000) * 1000)))"
  }

  /// `502: 1,180, 504: 24`, the most frequent first.
  static func counts(_ counts: [String: Int]) -> String {
    let ordered = counts.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
    guard ordered.count > 1 else { return ordered.first?.key ?? "-" }
    return ordered.prefix(3).map { "\($0.key) ×\(Numbers.plain($0.value))" }.joined(separator: ", ")
  }

  /// The most frequent names.
  static func names(_ counts: [String: Int]) -> String {
    let ordered = counts.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
    guard let first = ordered.first else { return "-" }
    return ordered.count > 1 ? "\(first.key) and \(ordered.count - 1) more" : first.key
  }

  private static func milliseconds(_ time: String) -> Int64? {
    // What a report holds: `2026-11-26T20:14:02.000Z`.
    Moments.read(String(time.prefix(19)), now: 0)
  }
}
