/// What the machine does in each stage with each event, written down and reviewed by hand: effects → state.
///
/// A stage begins with `## name: state`. An event that stands under no stage is impossible there. The parts are in
/// `ExchangeTable+*.swift`. Deadlines are seconds after the moment in which the stage was reached; events come one
/// second after it, deadlines when they were asked for.
enum ExchangeTable {
  struct Row {
    var state = ""
    /// By the event's name.
    var lines: [String: String] = [:]
  }

  static let rows: [String: Row] = {
    var rows: [String: Row] = [:]
    var stage = ""
    for text in [choosing, awaiting, relaying, ending] {
      for line in text.split(separator: "\n") {
        let isStage = line.hasPrefix("## ")
        guard let colon = line.firstRange(of: ": ") else { continue }
        let name = String(line[..<colon.lowerBound].dropFirst(isStage ? 3 : 0))
        let rest = String(line[colon.upperBound...])
        if isStage {
          stage = name
          rows[stage] = Row(state: rest)
        } else {
          rows[stage]?.lines[name] = rest
        }
      }
    }
    return rows
  }()
}
