internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceIncidents

/// The words of alerts, without the marks of a format.
enum AlertText {
  /// What a cause means; causes that this version does not know have only their name.
  static func sentence(cause: String) -> String {
    if let cause = Cause(identifier: cause) { return cause.summary }
    if cause == ProblemKey.overflow.cause { return "More problems than can be told apart." }
    return "The cause is '\(short(cause))'."
  }

  static func command(_ problem: Problem) -> String {
    guard let example = problem.example else { return "sluice problems" }
    return "sluice why \(example)"
  }

  /// `Problem started`
  static func title(_ event: ProblemEvent) -> String {
    switch event {
    case .started: "Problem started"
    case .persists(let problem):
      "Problem goes on for \(duration(milliseconds: problem.lastSeen - problem.firstSeen))"
    case .ended(let problem):
      "Problem ended after \(duration(milliseconds: problem.lastSeen - problem.firstSeen))"
    }
  }

  /// `connect_refused at http://127.0.0.1:3000, upstream api, route /v1`
  static func place(_ problem: Problem) -> String {
    let key = problem.key
    let parts = [
      key.endpoint.map { "at \(short($0))" }, key.upstream.map { "upstream \(short($0))" },
      key.route.map { "route \(short($0))" },
    ].compactMap { $0 }
    return parts.isEmpty ? short(key.cause) : "\(short(key.cause)) \(parts.joined(separator: ", "))"
  }

  /// `3 incidents, 1 of which no client noticed, from 2026-11-24 12:00:00 to 12:03:00 UTC`
  static func count(_ problem: Problem) -> String {
    let incidents = "\(problem.count) \(problem.count == 1 ? "incident" : "incidents")"
    let absorbed = problem.absorbed > 0 ? ", \(problem.absorbed) of which no client noticed" : ""
    let first = parts(problem.firstSeen)
    let last = parts(problem.lastSeen)
    if first == last { return "\(incidents)\(absorbed), at \(first.day) \(first.time) UTC" }
    let end = first.day == last.day ? last.time : "\(last.day) \(last.time)"
    return "\(incidents)\(absorbed), from \(first.day) \(first.time) to \(end) UTC"
  }

  /// Everything in one line.
  static func line(_ event: ProblemEvent, gateway: String) -> String {
    let problem = event.problem
    return "\(title(event)) at \(gateway): \(place(problem)). \(sentence(cause: problem.key.cause)) "
      + "Who: \(problem.who). \(count(problem)). \(command(problem))"
  }

  /// `12 turns of problems at edge-1: 10 started, 2 ended`
  static func summaryTitle(_ events: [ProblemEvent], gateway: String) -> String {
    let counts = AlertConfiguration.Event.allCases.compactMap { kind -> String? in
      let count = events.count { $0.kind == kind }
      guard count > 0 else { return nil }
      return kind == .persists ? "\(count) go on" : "\(count) \(kind.identifier)"
    }
    return "Problems at \(gateway): \(counts.joined(separator: ", "))"
  }

  static func untold(_ count: Int) -> String {
    "\(count) other \(count == 1 ? "problem" : "problems") began and ended before it could be told."
  }

  /// RFC 3339 in UTC with milliseconds.
  static func timestamp(_ milliseconds: Int64) -> String {
    let (day, time) = parts(milliseconds)
    let rest = ((milliseconds % 1000) + 1000) % 1000
    return "\(day)T\(time).\(padded(Int(rest), 3))Z"
  }

  private static func parts(_ milliseconds: Int64) -> (day: String, time: String) {
    let seconds = milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
    let date = CivilDate(unixSeconds: seconds)
    return (
      "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))",
      "\(padded(date.hour, 2)):\(padded(date.minute, 2)):\(padded(date.second, 2))"
    )
  }

  /// `45s`, `12m`, `3h 20m`, `2d 4h`.
  static func duration(milliseconds: Int64) -> String {
    let seconds = max(milliseconds, 0) / 1000
    let minutes = seconds / 60
    if minutes < 1 { return "\(seconds)s" }
    if minutes < 60 { return "\(minutes)m" }
    let hours = minutes / 60
    if hours < 24 { return minutes % 60 == 0 ? "\(hours)h" : "\(hours)h \(minutes % 60)m" }
    return hours % 24 == 0 ? "\(hours / 24)d" : "\(hours / 24)d \(hours % 24)h"
  }

  private static func padded(_ number: Int, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(digits - text.count, 0)) + text
  }

  /// A name, cut where it is long.
  private static func short(_ text: String) -> String {
    text.count <= AlertLimits.nameMax ? text : text.prefix(AlertLimits.nameMax) + "…"
  }
}
