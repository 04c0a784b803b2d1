import SluiceCore
import SluiceIncidents

/// What `why` says where there is no such incident.
struct MissingPage {
  /// Unix time in milliseconds.
  let now: Int64
  let screen: Screen
  /// What explains an incident, before its ID.
  var whyCommand = "sluice why"

  /// An ID of ours whose incident was only counted, or has left the store.
  func notKept(_ id: String, time: Int64, problems: [Problem]) -> [String] {
    var lines = wrapped(
      "\(id) is of \(Moments.full(time)), \(Amounts.ago(time, now: now)). The store has no incident of that ID: "
        + "it was only counted because its problem had filled its share of the minute, it is older than what is kept, "
        + "or nothing went wrong.")
    guard !problems.isEmpty else { return lines + wrapped("No problem was seen in that second.") }
    let table = ProblemTable(for: problems, now: now, screen: screen, whyCommand: whyCommand)
    lines += ["", screen.paint("Problems of that second", .bold), table.head]
    return lines + problems.flatMap(table.lines)
  }

  /// No ID of ours, and no client sent it as its request ID.
  func unknown(_ text: String) -> [String] {
    wrapped("no incident with the request ID '\(PlainText.peer(text, limit: 80))'") + Self.whatAnIDIs(screen)
  }

  func several(_ ids: [ExchangeID]) -> [String] {
    wrapped("that text holds \(ids.count) IDs; give one of them:")
      + ids.prefix(20).map { "  \(PlainText.shown(whyCommand)) \($0)" }
  }

  static func whatAnIDIs(_ screen: Screen) -> [String] {
    WordWrap.lines(
      "An ID has 26 letters and digits, as in 01M84EAQ25CR0FY9K83BQ3WT6P. It stands in the response's Sluice-Incident "
        + "field, on the error page as the reference, and at the end of the gateway's failure line; the client's own "
        + "X-Request-Id finds it too. `sluice incidents` lists the latest.",
      width: screen.width)
  }

  private func wrapped(_ text: String) -> [String] { WordWrap.lines(text, width: screen.width) }
}
