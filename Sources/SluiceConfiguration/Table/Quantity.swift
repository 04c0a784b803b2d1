internal import SluiceCore

/// Numbers with units, read and written.
enum Quantity {
  static let durationExample = "a duration such as 500ms, 2s, 1m or 1h"
  static let sizeExample = "a size such as 64KiB, 1MiB or 512 (bytes)"

  // MARK: Reading

  /// `2s`, `500ms`, `1.5m`, `1h`. An empty mistake: it is no duration at all.
  static func duration(_ text: String) throws(Mistake) -> TimeSpan {
    if text.contains(" ") { throw spaced(text, duration) }
    let (number, unit) = split(text)
    let factors: [String: Int64] = ["ms": 1_000_000, "s": 1_000_000_000, "m": 60_000_000_000, "h": 3_600_000_000_000]
    guard let number else { throw Mistake("") }
    guard let factor = factors[unit] else {
      if unit.isEmpty { throw Mistake("a duration needs its unit", suggestion: "\(text)s") }
      let units = [
        "sec": "s", "secs": "s", "second": "s", "seconds": "s", "min": "m", "mins": "m", "minute": "m",
        "minutes": "m", "hour": "h", "hours": "h", "msec": "ms", "S": "s", "M": "m", "H": "h", "MS": "ms",
      ]
      throw Mistake("", suggestion: units[unit].map { "\(text.dropLast(unit.count))\($0)" })
    }
    guard let value = number.scaled(by: UInt64(factor)), let nanoseconds = Int64(exactly: value) else {
      throw Mistake("it is too long")
    }
    return TimeSpan(nanoseconds: nanoseconds)
  }

  /// `64KiB`, `64KB`, `1.5MiB`, `512B`, `512`.
  static func size(_ text: String) throws(Mistake) -> UInt64 {
    if text.contains(" ") { throw spaced(text, size) }
    let (number, unit) = split(text)
    let factors: [String: UInt64] = [
      "": 1, "B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "KB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000,
    ]
    guard let number else { throw Mistake("") }
    guard let factor = factors[unit] else {
      let prefix = unit.uppercased().first.map(String.init) ?? ""
      let isMeant = ["K", "M", "G"].contains(prefix) && unit.count <= 3
      throw Mistake("", suggestion: isMeant ? "\(text.dropLast(unit.count))\(prefix)iB" : nil)
    }
    guard let value = number.scaled(by: factor) else {
      throw Mistake("it is too large, or not a whole number of bytes")
    }
    return value
  }

  /// 0...1.
  static func percentage(_ text: String) throws(Mistake) -> Double {
    if text.contains(" ") { throw spaced(text, percentage) }
    let (number, unit) = split(text)
    guard let number else { throw Mistake("") }
    let value = Double(number.digits) / number.divisor
    guard unit == "%" else {
      let isShare = unit.isEmpty && number.divisor > 1 && value <= 1
      throw Mistake("", suggestion: unit.isEmpty ? "\(show(decimal: isShare ? value * 100 : value))%" : nil)
    }
    guard value <= 100 else { throw Mistake("it must be from 0% to 100%") }
    return value / 100
  }

  /// `2 min` is meant to be what `2min` would be, or is meant to be.
  private static func spaced<Value>(_ text: String, _ parse: (String) throws(Mistake) -> Value) -> Mistake {
    let joined = text.filter { $0 != " " }
    do throws(Mistake) {
      _ = try parse(joined)
      return Mistake("", suggestion: joined)
    } catch {
      return Mistake("", suggestion: error.suggestion)
    }
  }

  /// The number that `20_000`, `20,000` and the like mean.
  static func digits(of text: String) -> Int? {
    let digits = text.filter { $0 != "_" && $0 != "," && $0 != "'" }
    return digits.count < text.count && digits.utf8.allSatisfy(Characters.isDigit) ? Int(digits) : nil
  }

  /// A decimal number without a sign, kept exact.
  private struct Decimal {
    var digits: UInt64
    /// A power of ten.
    var divisor: Double
    var divisorExact: UInt64

    /// nil where the result is not whole or too large.
    func scaled(by factor: UInt64) -> UInt64? {
      let (product, overflow) = digits.multipliedReportingOverflow(by: factor)
      guard !overflow, product % divisorExact == 0 else { return nil }
      return product / divisorExact
    }
  }

  private static func split(_ text: String) -> (Decimal?, String) {
    let head = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let unit = String(text.dropFirst(head.count))
    let parts = head.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first, !whole.isEmpty, parts.count == 1 || !parts[1].isEmpty else {
      return (nil, unit)
    }
    let fraction = parts.count == 2 ? parts[1] : ""
    guard fraction.count <= 9, let digits = UInt64(whole + fraction) else { return (nil, unit) }
    let divisor = fraction.reduce(UInt64(1)) { power, _ in power * 10 }
    return (Decimal(digits: digits, divisor: Double(divisor), divisorExact: divisor), unit)
  }

  // MARK: Writing

  static func show(_ span: TimeSpan) -> String {
    if span == .unlimited { return "unlimited" }
    if span.nanoseconds % 3_600_000_000_000 == 0, span.nanoseconds > 0 {
      return "\(span.nanoseconds / 3_600_000_000_000)h"
    }
    if span.nanoseconds % 1_000_000_000 == 0 { return "\(span.nanoseconds / 1_000_000_000)s" }
    return "\(show(decimal: Double(span.nanoseconds) / 1e6))ms"
  }

  static func show(bytes: UInt64) -> String {
    for (unit, factor) in [("GiB", UInt64(1) << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]
    where bytes > 0 && bytes % factor == 0 {
      return "\(bytes / factor)\(unit)"
    }
    return "\(bytes)"
  }

  static func show(decimal: Double) -> String {
    decimal == decimal.rounded() && abs(decimal) < 1e15 ? String(Int64(decimal)) : String(decimal)
  }
}
