import ArgumentParser

/// What `--since` and `--until` take.
enum MomentOption {
  /// - Parameter now: Unix time in milliseconds, from which ages count.
  /// - Returns: Unix time in milliseconds; nil: the option was not given.
  static func read(_ text: String?, _ option: String, now: Int64) throws -> Int64? {
    guard let text else { return nil }
    if let time = Moments.read(text, now: now) { return time }
    let forms = "\(option) takes an age such as 90s, 5m, 1h, 2d or a moment such as 2026-11-24T10:00"
    // A time of day alone would be another moment tomorrow.
    let isClock = Moments.read("2026-11-24T" + text, now: now) != nil
    throw ValidationError(isClock ? "\(forms); \(text) needs its day, in UTC, as in 2026-11-24T\(text)" : forms)
  }
}
