/// Moments as people write them: how long ago, or a moment in UTC.
package enum MomentText {
  /// Reads how long ago (`90s`, `5m`, `1h`, `2d`, `1h30m`, `2d ago`) or a moment (`2026-11-24`, `2026-11-24T10:00`,
  /// with a space for the T, with seconds, with `Z`).
  ///
  /// - Returns: Unix time in milliseconds, nil for anything else.
  package static func read(_ text: String, now: Int64) -> Int64? {
    if let ago = age(text.hasSuffix(" ago") ? String(text.dropLast(4)) : text) { return now - ago }
    return moment(text)
  }

  private static func age(_ text: String) -> Int64? {
    var total: Int64 = 0
    var rest = text[...]
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(number.count)
      let unit = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(unit.count)
      // A hundred years in seconds have ten digits: nothing here can overflow.
      guard let count = Int64(number), number.count <= 10, let factor = units[String(unit)] else { return nil }
      total += count * factor
      guard total < 100 * 366 * 86_400_000 else { return nil }
    }
    return total
  }

  private static let units: [String: Int64] = [
    "ms": 1, "s": 1000, "m": 60_000, "min": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000,
  ]

  private static func moment(_ text: String) -> Int64? {
    var text = text[...]
    if text.last == "Z" || text.last == "z" { text = text.dropLast() }
    let halves = text.split(separator: text.contains(" ") ? " " : "T", omittingEmptySubsequences: false)
    guard (1...2).contains(halves.count), let day = numbers(halves[0], "-", [4, 2, 2]), (1...12).contains(day[1]),
      (1...daysOfMonth(day[1], day[0])).contains(day[2])
    else { return nil }
    var seconds = days(day[0], day[1], day[2]) * 86_400
    if halves.count == 2 {
      let fields = numbers(halves[1], ":", [2, 2, 2]) ?? numbers(halves[1], ":", [2, 2])?.appending(0)
      guard let clock = fields, clock[0] < 24, clock[1] < 60, clock[2] < 60 else { return nil }
      seconds += clock[0] * 3600 + clock[1] * 60 + clock[2]
    }
    return Int64(seconds) * 1000
  }

  private static func numbers(_ text: Substring, _ separator: Character, _ lengths: [Int]) -> [Int]? {
    let parts = text.split(separator: separator, omittingEmptySubsequences: false)
    guard parts.map(\.count) == lengths, parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }) else {
      return nil
    }
    return parts.compactMap { Int($0) }
  }

  private static func daysOfMonth(_ month: Int, _ year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return switch month {
    case 2: isLeap ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days since the beginning of 1970; months count from March, as in `CivilDate`.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let fromMarch = (month + 9) % 12
    let ofYear = (153 * fromMarch + 2) / 5 + day - 1
    return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + ofYear - 719_468
  }

  /// Whether a text looks like one, though there may be no such moment: a thirtieth of February.
  package static func hasForm(_ text: String) -> Bool { text.wholeMatch(of: form) != nil }

  private static var form: Regex<Substring> {
    /(?:[0-9]{1,10}(?:ms|s|min|m|h|d|w)){1,7}|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?[Zz]?/
  }
}

extension Array {
  fileprivate func appending(_ element: Element) -> [Element] { self + [element] }
}
