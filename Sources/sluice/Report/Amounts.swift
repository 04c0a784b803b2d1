import Foundation

/// Numbers with their units, for people. A store may hold any number, and none may trap here.
enum Amounts {
  /// `0.402 ms`, `35.1 ms`, `2.50 s`, `3 min 20 s`.
  static func milliseconds(_ value: Double) -> String {
    let value = bounded(value)
    if value < 10 { return String(format: "%.3f ms", value) }
    if value < 1000 { return String(format: "%.1f ms", value) }
    if value < 60_000 { return String(format: "%.2f s", value / 1000) }
    return span(value)
  }

  /// A limit as it was configured: `500 ms`, `2 s`, `1 min 30 s`, `1 h`.
  static func span(_ value: Double) -> String {
    let value = bounded(value)
    if value < 1000 { return trimmed(value) + " ms" }
    if value < 60_000 { return trimmed(value / 1000) + " s" }
    let seconds = Int(value / 1000)
    let parts = [(seconds / 86_400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")]
    return parts.filter { $0.0 > 0 }.prefix(2).map { "\($0.0) \($0.1)" }.joined(separator: " ")
  }

  /// `less than 1 s`, `3 s`, `12 min`, `5 h`, `3 days`: what is left of it when nobody counts seconds.
  static func about(_ milliseconds: Double) -> String {
    let seconds = Int(bounded(milliseconds) / 1000)
    switch seconds {
    case 0: return "less than 1 s"
    case ..<60: return "\(seconds) s"
    case ..<3600: return "\(seconds / 60) min"
    case ..<172_800: return "\(seconds / 3600) h"
    default: return "\(seconds / 86_400) days"
    }
  }

  /// `3 min ago`, `now`; Unix times in milliseconds. A time ahead of the clock is now.
  static func ago(_ time: Int64, now: Int64) -> String {
    let age = now.subtractingReportingOverflow(time)
    guard !age.overflow, age.partialValue >= 1000 else { return "now" }
    return about(Double(age.partialValue)) + " ago"
  }

  static func bytes(_ count: UInt64) -> String { count == 1 ? "1 byte" : "\(count) bytes" }

  static func count(_ number: some BinaryInteger, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  /// Beyond thirty years nothing was measured.
  private static func bounded(_ value: Double) -> Double { value.isFinite ? min(max(value, 0), 1e12) : 0 }

  private static func trimmed(_ value: Double) -> String {
    var text = String(format: "%.1f", value)
    if text.hasSuffix(".0") { text.removeLast(2) }
    return text
  }
}
