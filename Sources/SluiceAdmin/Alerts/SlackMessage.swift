internal import Foundation
internal import SluiceIncidents

/// The body of an alert in the format `slack`: one text in Slack's mrkdwn, which its imitators show as well.
struct SlackMessage: Codable, Equatable, Sendable {
  var text: String

  init(_ alert: Alert, gateway: String) {
    var lines: [String] = []
    if alert.isSummary {
      lines.append("*\(Self.escaped(AlertText.summaryTitle(alert.events, gateway: gateway)))*")
      for event in alert.events.prefix(AlertLimits.summaryMax) {
        let command = Self.escaped(AlertText.command(event.problem))
        lines.append("• \(event.kind.identifier): \(Self.escaped(AlertText.place(event.problem))) `\(command)`")
      }
      let more = alert.events.count - AlertLimits.summaryMax
      if more > 0 { lines.append("and \(more) more: `sluice problems`") }
    } else {
      let event = alert.events[0]
      lines = [
        "*\(Self.escaped("\(AlertText.title(event)) at \(gateway)"))*: \(Self.escaped(AlertText.place(event.problem)))",
        Self.escaped(AlertText.sentence(cause: event.problem.key.cause)),
        Self.escaped("Who: \(event.problem.who). \(AlertText.count(event.problem))."),
        "`\(Self.escaped(AlertText.command(event.problem)))`",
      ]
    }
    if alert.untold > 0 { lines.append(AlertText.untold(alert.untold)) }
    text = lines.joined(separator: "\n")
  }

  /// The three characters that Slack takes for the beginning of a link, a mention or an entity.
  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self))
  }
}
