internal import SluiceCore

/// The parts of a rate limit that are texts.
enum RateText {
  static let countMax = 1_000_000

  /// `100/s`, `30/m`, `500/h`.
  static func rate(_ text: String) throws(Mistake) -> Rate {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map {
      $0.filter { $0 != " " }
    }
    let digits = parts[0].prefix { $0.isASCII && $0.isNumber }
    guard let count = Int(digits) else { throw Mistake("") }
    let isDivided = parts.count == 2 && digits.count == parts[0].count
    let written = isDivided ? parts[1] : String(parts[0].dropFirst(digits.count))
    guard isDivided, let period = periods[written] else {
      throw Mistake("", suggestion: unit(meantBy: written.lowercased()).map { "\(count)/\($0)" })
    }
    guard text == "\(digits)/\(written)" else { throw Mistake("", suggestion: "\(count)/\(written)") }
    guard (1...countMax).contains(count) else { throw Mistake("its number must be from 1 to \(countMax)") }
    return Rate(count: count, period: period)
  }

  private static let periods: [String: TimeSpan] = ["s": .seconds(1), "m": .seconds(60), "h": .seconds(3600)]

  private static func unit(meantBy text: String) -> String? {
    switch text {
    case "", "s", "sec", "secs", "second", "seconds", "1s", "r", "rps", "rs", "r/s": "s"
    case "m", "min", "mins", "minute", "minutes", "1m", "rpm", "r/m": "m"
    case "h", "hour", "hours", "1h", "hr", "rph", "r/h": "h"
    default: nil
    }
  }

  /// `client`, `host`, `header:NAME` or `cookie:NAME`.
  static func key(_ text: String) throws(Mistake) -> RateLimit.Key {
    switch text {
    case "client": return .client
    case "host": return .host
    case "ip", "IP", "address", "clientAddress", "remote": throw Mistake("", suggestion: "client")
    default: break
    }
    if text.hasPrefix("header:") {
      do {
        return .header(try FieldText.name(String(text.dropFirst(7))))
      } catch {
        throw Mistake("what follows 'header:' \(error.what)", suggestion: error.suggestion.map { "header:\($0)" })
      }
    }
    if text.hasPrefix("cookie:") { return .cookie(try FieldText.cookieName(String(text.dropFirst(7)))) }
    throw Mistake("", suggestion: Spelling.nearest(to: text, in: ["client", "host"]))
  }
}
