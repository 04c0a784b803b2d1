/// Scores for people, machines and documents.
public enum ScoreListing {
  /// 80 columns: what is wrong, or every scenario, then the totals.
  public static func text(_ score: GatewayScore, isFull: Bool) -> String {
    let shown = isFull ? score.scenarios : score.scenarios.filter { !$0.isRight }
    var lines: [String] = []
    if !shown.isEmpty {
      lines.append("\(cell("SCENARIO", 32)) \(cell("EXPECTED", 13)) \(cell("ANSWERED", 9)) WRONG")
      for scenario in shown {
        let what = scenario.skipped.map { ["not judged: \($0)"] } ?? scenario.complaints
        let name = scenario.side == .request ? "\(scenario.name)*" : scenario.name
        let start = "\(cell(name, 32)) \(cell(scenario.expected, 13)) \(cell(scenario.seen, 9)) "
        let rest = LabListing.wrapped(what.joined(separator: ", "), width: LabListing.columns - 57)
        lines.append(start + rest.joined(separator: "\n" + String(repeating: " ", count: 57)))
      }
      lines.append("* the request itself is malformed")
      lines.append("")
    }
    lines.append("\(score.gateway.name) at http://\(score.gateway.authority), \(score.scenarios.count) scenarios")
    lines.append(contentsOf: totals(score))
    return lines.map { String($0.reversed().drop { $0 == " " }.reversed()) }.joined(separator: "\n")
  }

  private static func totals(_ score: GatewayScore) -> [String] {
    let skipped = score.scenarios.count { $0.skipped != nil }
    return [
      "  status right           \(text(score.status))", "  error type right       \(text(score.type))",
      "  cause right            \(text(score.cause))", "  owner right            \(text(score.who))",
      "  leaks                  \(score.leaks)", "  silent                 \(score.silences)",
    ] + (skipped > 0 ? ["  not judged             \(skipped)"] : [])
  }

  static func text(_ count: GatewayScore.Count) -> String { "\(count.right) of \(count.judged)" }

  private static func cell(_ text: String, _ width: Int) -> String { LabListing.padded(text, width) }

  // MARK: JSON

  /// One JSON array with an object for each gateway, in one line.
  public static func json(_ scores: [GatewayScore]) -> String {
    LabText.array(scores.map { json($0) })
  }

  private static func json(_ score: GatewayScore) -> String {
    LabText.object([
      ("name", LabText.string(score.gateway.name)),
      ("gateway", LabText.string("http://\(score.gateway.authority)")),
      ("right", String(score.isRight)), ("status", json(score.status)), ("type", json(score.type)),
      ("cause", json(score.cause)), ("who", json(score.who)), ("leaks", String(score.leaks)),
      ("silent", String(score.silences)), ("scenarios", LabText.array(score.scenarios.map { json($0) })),
    ])
  }

  private static func json(_ count: GatewayScore.Count) -> String {
    LabText.object([("right", String(count.right)), ("judged", String(count.judged))])
  }

  private static func json(_ scenario: ScenarioScore) -> String {
    LabText.object([
      ("name", LabText.string(scenario.name)), ("side", LabText.string(scenario.side.rawValue)),
      ("right", String(scenario.isRight)), ("expected", LabText.string(scenario.expected)),
      ("answered", LabText.string(scenario.seen)),
      ("answeredStatus", LabText.number(scenario.seenStatus.map { Int($0) })),
      ("answeredType", LabText.string(scenario.seenType)), ("answeredCause", LabText.string(scenario.seenCause)),
      ("status", LabText.string(scenario.status.rawValue)), ("type", LabText.string(scenario.type.rawValue)),
      ("cause", LabText.string(scenario.cause.rawValue)), ("who", LabText.string(scenario.who.rawValue)),
      ("leak", LabText.string(scenario.leak)), ("silent", LabText.string(scenario.silence)),
      ("skipped", LabText.string(scenario.skipped)),
    ])
  }
}
