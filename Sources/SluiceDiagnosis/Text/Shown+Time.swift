internal import SluiceIncidents

extension Shown {
  /// `12:03:44 UTC`.
  ///
  /// - Parameter time: Unix time in milliseconds.
  static func clock(_ time: Int64) -> String {
    let date = CivilDate(unixSeconds: min(max(time / 1000, 0), 253_402_300_799))
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(date.hour)):\(two(date.minute)):\(two(date.second)) UTC"
  }

  /// `2 s before`; from one moment to a later one, both in Unix time in milliseconds.
  static func span(from earlier: Int64, to later: Int64) -> String { duration(Double(max(later - earlier, 0))) }
}
