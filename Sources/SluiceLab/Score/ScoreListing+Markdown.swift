extension ScoreListing {
  /// Two Markdown tables: the totals of each gateway, then what each answered in each scenario.
  public static func markdown(_ scores: [GatewayScore]) -> String {
    totalsTable(scores) + "\n" + scenarioTable(scores)
  }

  private static func totalsTable(_ scores: [GatewayScore]) -> String {
    var table = row([""] + scores.map(\.gateway.name)) + row(Array(repeating: "---", count: scores.count + 1))
    func add(_ name: String, _ cell: (GatewayScore) -> String) { table += row([name] + scores.map(cell)) }
    add("status right, request in order") { text($0.status(.response)) }
    add("status right, request malformed") { text($0.status(.request)) }
    add("error type right (RFC 9209)") { text($0.type) }
    add("cause right (`details`)") { text($0.cause) }
    add("owner right, where a cause is told") { text($0.who) }
    add("leaks") { String($0.leaks) }
    add("silent") { String($0.silences) }
    add("status right, no leak, not silent") { score in
      "\(score.scenarios.filter(isSound).count) of \(score.scenarios.filter { $0.skipped == nil }.count)"
    }
    return table
  }

  /// What can be asked of a gateway that knows nothing of Proxy-Status.
  private static func isSound(_ scenario: ScenarioScore) -> Bool {
    scenario.skipped == nil && scenario.status == .right && scenario.leak == nil && scenario.silence == nil
  }

  private static func scenarioTable(_ scores: [GatewayScore]) -> String {
    let head = ["scenario", "what happens", "expected"] + scores.map(\.gateway.name)
    var table = row(head) + row(Array(repeating: "---", count: head.count))
    for (index, scenario) in (scores.first?.scenarios ?? []).enumerated() {
      let cells = scores.map { score in
        index < score.scenarios.count ? cell(score.scenarios[index]) : ""
      }
      table += row(["`\(scenario.name)`", escaped(scenario.summary), scenario.expected] + cells)
    }
    return table
  }

  /// The answer, struck where it is wrong, and with it the worst that came of it.
  private static func cell(_ scenario: ScenarioScore) -> String {
    if scenario.skipped != nil { return "not judged" }
    let isPlain = scenario.status != .wrong && scenario.leak == nil && scenario.silence == nil
    let words = isPlain ? scenario.seen : "**\(scenario.seen)**"
    return words + (scenario.leak.map { ", leak: \(escaped($0))" } ?? "")
  }

  private static func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }

  private static func escaped(_ text: String) -> String {
    text.replacing("|", with: "\\|").replacing("<", with: "&lt;").replacing("*", with: "\\*")
  }
}
