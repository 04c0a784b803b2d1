internal import Foundation
internal import SluiceIncidents

/// The body of an alert in the format `json`, as `docs/ALERTS.md` describes it. Keys may be added; none changes its
/// meaning without another `version`.
struct AlertDocument: Codable, Equatable, Sendable {
  struct Item: Codable, Equatable, Sendable {
    var event: String
    var problem: AlertProblem
  }

  struct Summary: Codable, Equatable, Sendable {
    var started: Int
    var persists: Int
    var ended: Int
    /// The first of them, `AlertLimits.summaryMax` at most.
    var problems: [Item]
    /// Events beyond those.
    var more: Int
  }

  var version = 1
  var id: String
  /// `started`, `persists`, `ended` or `summary`.
  var event: String
  var time: String
  var gateway: String
  /// For a person, in one line.
  var text: String
  var problem: AlertProblem?
  var summary: Summary?
  var untold: Int

  init(_ alert: Alert, gateway: String) {
    id = alert.id
    time = AlertText.timestamp(alert.time)
    self.gateway = gateway
    untold = alert.untold
    if alert.isSummary {
      event = "summary"
      text = AlertText.summaryTitle(alert.events, gateway: gateway)
      summary = Summary(alert.events)
    } else {
      let only = alert.events[0]
      event = only.kind.identifier
      text = AlertText.line(only, gateway: gateway)
      problem = AlertProblem(only.problem)
    }
  }

  /// JSON with sorted keys, so that equal alerts are equal bytes.
  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self))
  }
}

extension AlertDocument.Summary {
  init(_ events: [ProblemEvent]) {
    started = events.count { $0.kind == .started }
    persists = events.count { $0.kind == .persists }
    ended = events.count { $0.kind == .ended }
    problems = events.prefix(AlertLimits.summaryMax).map {
      AlertDocument.Item(event: $0.kind.identifier, problem: AlertProblem($0.problem))
    }
    more = max(events.count - AlertLimits.summaryMax, 0)
  }
}
