internal import SluiceIncidents

/// Times as reports show them.
enum Moment {
  /// RFC 3339 in UTC with milliseconds.
  ///
  /// - Parameter milliseconds: Unix time; one outside of the years 0 to 9999 is written as the nearest within them.
  static func text(_ milliseconds: Int64) -> String {
    let time = within(milliseconds)
    let second = time.dividedDown(by: 1000)
    let rest = String(Int(time - second * 1000))
    return "\(day(second))T\(clock(second)).\(String(repeating: "0", count: 3 - rest.count))\(rest)Z"
  }

  /// `20:15:30`, for sentences whose day stands elsewhere.
  static func clock(milliseconds: Int64) -> String { clock(within(milliseconds).dividedDown(by: 1000)) }

  /// `26 Nov`.
  static func day(milliseconds: Int64) -> String {
    let date = CivilDate(unixSeconds: within(milliseconds).dividedDown(by: 1000))
    return "\(date.day) \(months[min(max(date.month - 1, 0), 11)])"
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func within(_ time: Int64) -> Int64 { min(max(time, -62_167_219_200_000), 253_402_300_799_999) }

  private static func day(_ second: Int64) -> String {
    let date = CivilDate(unixSeconds: second)
    let year = String(date.year)
    return "\(String(repeating: "0", count: max(4 - year.count, 0)))\(year)-\(two(date.month))-\(two(date.day))"
  }

  private static func clock(_ second: Int64) -> String {
    let date = CivilDate(unixSeconds: second)
    return "\(two(date.hour)):\(two(date.minute)):\(two(date.second))"
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
