import ArgumentParser
import SluiceConfiguration
import SluiceCore
import SluiceDiagnosis

/// Which part of the logs is wanted, and how their times are meant.
struct LogsOptions: ParsableArguments {
  @Option(help: "Since so long ago (90s, 5m, 1h30m, 2d), or a moment in UTC as 2026-11-24 or 2026-11-24T10:00.")
  var since: String?

  @Option(help: "Before then, in the same forms.")
  var until: String?

  @Option(help: "Problems that are shown, the ones that matter most first.")
  var top = 5

  @Option(help: "An identifier such as connect_refused or slow_application. Repeat it for several.")
  var cause: [String] = []

  @Option(help: "The zone of times without one: UTC, +02:00. (default: another log's, else this machine's)")
  var zone: String?

  @Option(help: "A file of your own formats and signatures.")
  var formats: String?

  func validate() throws {
    if !(1...1000).contains(top) { throw ValidationError("--top takes 1 to 1000") }
    _ = try span(now: 0)
    _ = try causes()
    _ = try zoneOffset()
  }

  /// Unix times in milliseconds; nil: no limit.
  func span(now: Int64) throws -> (since: Int64?, until: Int64?) {
    let since = try MomentOption.read(since, "--since", now: now)
    let until = try MomentOption.read(until, "--until", now: now)
    if let since, let until, since >= until { throw ValidationError("--since is not before --until") }
    return (since, until)
  }

  func causes() throws -> [String] {
    // What no line tells is `unknown` in reports.
    let known = Cause.allCases.map(\.identifier) + RootCause.allCases.map(\.identifier) + ["unknown"]
    return try cause.map { word in
      let wanted = word.lowercased()
      if known.contains(wanted) { return wanted }
      let nearest = Spelling.nearest(to: word, in: known).map { "; did you mean '\($0)'?" }
      throw ValidationError(
        "--cause: '\(PlainText.peer(word, limit: 60))' is none that there is"
          + (nearest ?? "; docs/FAILURES.md and docs/DIAGNOSIS.md list them"))
    }
  }

  /// Seconds east of Greenwich; nil: not said.
  func zoneOffset() throws -> Int? {
    guard let zone else { return nil }
    if ["utc", "z", "gmt"].contains(zone.lowercased()) { return 0 }
    let digits = zone.dropFirst().filter { $0 != ":" }
    let sign = zone.first == "-" ? -1 : 1
    guard zone.first == "+" || zone.first == "-", digits.count == 4, digits.allSatisfy({ $0.isASCII && $0.isNumber }),
      let number = Int(digits), number / 100 <= 14, number % 100 < 60
    else { throw ValidationError("--zone takes UTC or an offset such as +02:00 or -0530") }
    return sign * (number / 100 * 3600 + number % 100 * 60)
  }
}
