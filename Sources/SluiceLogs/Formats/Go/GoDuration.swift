/// Durations as Go's loggers write them: seconds with a fraction, or text such as `1m2.5s` and `300µs`.
enum GoDuration {
  /// nil where the text is none, or one that is longer than anything that was measured.
  static func milliseconds(_ text: String?) -> Double? {
    guard let text, !text.isEmpty, text.utf8.count <= 64 else { return nil }
    if let seconds = Double(text) { return seconds >= 0 ? bounded(seconds * 1000) : nil }
    var sum = 0.0
    var rest = text[...]
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest[digits.endIndex...]
      let unit = rest.prefix { !($0.isASCII && ($0.isNumber || $0 == ".")) }
      rest = rest[unit.endIndex...]
      guard let number = Double(digits), let factor = units[String(unit)] else { return nil }
      sum += number * factor
    }
    return bounded(sum)
  }

  private static func bounded(_ milliseconds: Double) -> Double? {
    milliseconds < FieldValues.millisecondsMax ? milliseconds : nil
  }

  /// Milliseconds of each; the micro sign has two code points.
  private static let units: [String: Double] = [
    "h": 3_600_000, "m": 60_000, "s": 1000, "ms": 1, "\u{B5}s": 0.001, "\u{3BC}s": 0.001, "us": 0.001, "ns": 0.000001,
  ]
}
