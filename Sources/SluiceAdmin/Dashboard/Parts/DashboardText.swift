internal import SluiceDiagnosis
internal import SluiceIncidents

/// Numbers and times as the dashboard shows them. Moments are UTC, as everywhere in the project.
enum DashboardText {
  /// `10:12:58`.
  static func clock(_ time: Int64) -> String {
    let date = date(time)
    return "\(digits(date.hour, 2)):\(digits(date.minute, 2)):\(digits(date.second, 2))"
  }

  /// `2026-11-24`.
  static func day(_ time: Int64) -> String {
    let date = date(time)
    return "\(digits(date.year, 4))-\(digits(date.month, 2))-\(digits(date.day, 2))"
  }

  /// `10:12:58` of the same day, else `2026-11-24 10:12:58`.
  static func moment(_ time: Int64, at now: Int64) -> String {
    day(time) == day(now) ? clock(time) : "\(day(time)) \(clock(time))"
  }

  /// `2026-11-24T10:12:58Z`, for machines.
  static func stamp(_ time: Int64) -> String { "\(day(time))T\(clock(time))Z" }

  /// `just now`, `12 s ago`, `4 min ago`.
  static func ago(_ time: Int64, at now: Int64) -> String {
    let age = now.subtractingReportingOverflow(time)
    guard !age.overflow, age.partialValue >= 1000 else { return "just now" }
    return span(Double(age.partialValue)) + " ago"
  }

  /// `12 s`, `4 min`, `3 h 20 min`, `2 d 4 h`: what is left when nobody counts milliseconds.
  static func span(_ milliseconds: Double) -> String {
    // Beyond this nothing was measured, and nothing traps.
    let seconds = Int((milliseconds.isFinite ? min(max(milliseconds, 0), 1e12) : 0) / 1000)
    switch seconds {
    case ..<60: return "\(seconds) s"
    case ..<3600: return "\(seconds / 60) min"
    case ..<86_400: return "\(seconds / 3600) h" + rest(seconds / 60 % 60, "min")
    default: return "\(seconds / 86_400) d" + rest(seconds / 3600 % 24, "h")
    }
  }

  /// `0.4 ms`, `35 ms`, `2.5 s`; a dash for nil.
  static func latency(_ milliseconds: Double?) -> String {
    milliseconds.map { Shown.duration($0) } ?? "–"
  }

  /// `1,204,233`: groups of three make long numbers readable.
  static func count(_ number: some BinaryInteger) -> String {
    let digits = String(number.magnitude)
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// `1 incident`, `1,204 incidents`.
  static func count(_ number: some BinaryInteger, _ noun: String) -> String {
    "\(count(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  /// `0.3`, `12.5`, `1,204`.
  static func rate(_ perSecond: Double) -> String {
    guard perSecond.isFinite, perSecond > 0 else { return "0" }
    if perSecond >= 100 { return count(Int(min(perSecond, 1e12).rounded())) }
    let tenths = Int((perSecond * 10).rounded())
    if tenths == 0 { return "under 0.1" }
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  /// `0 %`, `0.4 %`, `12 %`, `100 %`, and never all or nothing for less.
  static func percent(_ part: Int, of whole: Int) -> String {
    guard whole > 0, part > 0 else { return "0 %" }
    guard part < whole else { return "100 %" }
    let tenths = Int((Double(part) / Double(whole) * 1000).rounded())
    switch tenths {
    case 0: return "under 0.1 %"
    case ..<100: return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
    case 990...: return "over 99 %"
    default: return "\((tenths + 5) / 10) %"
    }
  }

  /// `512 B`, `20 MiB`.
  static func bytes(_ count: Int) -> String {
    var (value, units) = (max(count, 0), ["B", "KiB", "MiB", "GiB", "TiB"][...])
    while value >= 1024, units.count > 1 {
      value /= 1024
      units.removeFirst()
    }
    return "\(value) \(units.first ?? "B")"
  }

  /// With its first letter as a capital.
  static func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  private static func rest(_ number: Int, _ unit: String) -> String { number > 0 ? " \(number) \(unit)" : "" }

  private static func date(_ time: Int64) -> CivilDate {
    let bounded = min(max(time, 0), 253_402_300_799_999)
    return CivilDate(unixSeconds: bounded / 1000)
  }

  private static func digits(_ number: Int, _ count: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.count)) + text
  }
}
