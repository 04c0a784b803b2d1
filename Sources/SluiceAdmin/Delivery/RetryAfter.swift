internal import SluiceCore

/// The value of a `Retry-After` field (RFC 9110 10.2.3).
enum RetryAfter {
  /// Seconds, or an HTTP date of the one form that may be sent (RFC 9110 5.6.7); nil for anything else.
  ///
  /// - Parameter now: Unix time in milliseconds.
  static func parse(_ text: String, now: Int64) -> TimeSpan? {
    let digits = text.utf8.prefix { (0x30...0x39).contains($0) }.count
    if digits > 0, digits == text.utf8.count {
      // What does not fit is longer than any alert lives.
      return .seconds(min(Int64(text) ?? .max, 1 << 31))
    }
    guard let date = seconds(text) else { return nil }
    return .milliseconds(max(0, date * 1000 - now))
  }

  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// Unix time of `Sun, 06 Nov 1994 08:49:37 GMT`.
  private static func seconds(_ text: String) -> Int64? {
    let words = text.split(separator: " ")
    guard words.count == 6, words[5] == "GMT", words[0].hasSuffix(","), let day = Int64(words[1]),
      let month = months.firstIndex(where: { $0 == words[2] }), let year = Int64(words[3])
    else { return nil }
    let clock = words[4].split(separator: ":").compactMap { Int64($0) }
    guard clock.count == 3, (1...31).contains(day), (1970...9999).contains(year), (0..<24).contains(clock[0]),
      (0..<60).contains(clock[1]), (0...60).contains(clock[2])
    else { return nil }
    // Years are counted from March, so that the leap day is the last of one.
    let fromMarch = Int64((month + 10) % 12)
    let shifted = fromMarch >= 10 ? year - 1 : year
    let ofYear = (153 * fromMarch + 2) / 5 + day - 1
    let days = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + ofYear - 719_468
    return days * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
  }
}
