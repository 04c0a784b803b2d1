internal import SluiceCore

/// The lab's tables for people, 80 columns wide.
public enum LabListing {
  static let columns = 80

  /// What a running lab listens on, and how to try it.
  public static func places(_ plan: LabPlan) -> String {
    let authority = plan.routes.first { $0.path == "/ok" }?.endpoint.authority ?? "\(plan.host):\(plan.port)"
    var lines = [row(authority, "Every scenario with a path. GET / lists them.", width: 34)]
    for scenario in LabCatalogue.scenarios {
      switch scenario.reach {
      case .path: break
      case .port, .unix, .address:
        let route = plan.routes.first { $0.name == scenario.name }
        lines.append(row(place(route?.endpoint), scenario.summary, width: 34))
      }
    }
    let gateway = "http://127.0.0.1:8080"
    return lines.joined(separator: "\n") + """


      Try one:
        curl -i http://\(authority)/truncated-body/length
        curl -i http://\(authority)/garbage/ssh --http0.9

      Put a gateway in front, and see what it makes of them:
        sluice lab config nginx > nginx.conf
        sluice lab score --gateway \(gateway) --name nginx
      """
  }

  /// One line for each scenario: name, what a gateway should answer, what the origin does.
  public static func catalogue() -> String {
    let head = "\(padded("SCENARIO", 31)) \(padded("EXPECTED", 14)) WHAT THE ORIGIN DOES"
    let lines = LabCatalogue.scenarios.map { scenario in
      let expected = padded(expectation(scenario.expected), 14)
      return row("\(padded(scenario.name, 31)) \(expected)", scenario.summary, width: 46)
    }
    let count = LabCatalogue.scenarios.count
    return ([head] + lines).joined(separator: "\n")
      + "\n\n\(count) scenarios. `sluice lab --list --json` has all there is to know of each."
  }

  /// `200`, `502`, `abort`; with `?` where success is as right.
  static func expectation(_ expected: Expectation) -> String {
    guard let status = expected.status else { return "abort" }
    if expected.cause == .upstreamStatus { return "\(status) its own" }
    return "\(status)" + (expected.cause != nil && expected.maySucceed ? " or 200" : "")
      + (expected.cause != nil && expected.mayAbort ? " or abort" : "")
  }

  private static func place(_ endpoint: LabEndpoint?) -> String {
    switch endpoint {
    case .unix(let path): path
    case .tcp: endpoint?.authority ?? ""
    case nil: ""
    }
  }

  /// The first cell at its width and the text behind it; on a line of its own where the cell is too long for that.
  private static func row(_ cell: String, _ text: String, width: Int) -> String {
    let indent = String(repeating: " ", count: width + 1)
    let lines = wrapped(text, width: columns - width - 1)
    let rest = lines.dropFirst().map { "\n\(indent)\($0)" }.joined()
    if cell.count > width { return ([cell] + lines.map { indent + $0 }).joined(separator: "\n") }
    return "\(padded(cell, width)) \(lines.first ?? "")\(rest)"
  }

  static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// Broken between words; a word that is longer than a line stands alone.
  static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
