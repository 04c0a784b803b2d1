/// Finds the script for a request on a lab's main address.
struct LabRoutes: Sendable {
  private let exact: [String: @Sendable (LabRequest) -> [Step]]
  private let counts: @Sendable () -> LabCounts

  init(_ scenarios: [Scenario], counts: @escaping @Sendable () -> LabCounts) {
    var exact: [String: @Sendable (LabRequest) -> [Step]] = [:]
    for scenario in scenarios {
      if case .path(let target) = scenario.reach, case .answers(let script) = scenario.service {
        exact[String(target.prefix { $0 != "?" })] = script
      }
    }
    self.exact = exact
    self.counts = counts
  }

  func script(for request: LabRequest) -> [Step] {
    let path = request.path
    if let script = exact[path] { return script(request) }
    if path == "/" { return Reply.text(Self.index, for: request) }
    if path == "/counts" { return Reply.text(LabText.json(of: counts()), for: request, type: "application/json") }
    return FriendlyPaths.script(for: request)
      ?? Reply.text("The lab has no scenario at this path. GET / lists them.\n", 404, for: request)
  }

  /// One line for each scenario: where it is and what it does.
  private static let index =
    LabCatalogue.scenarios.map { scenario in
      switch scenario.reach {
      case .path(let target): "\(target)  \(scenario.summary)\n"
      case .port: "own port \(scenario.name)  \(scenario.summary)\n"
      case .unix: "own Unix socket \(scenario.name)  \(scenario.summary)\n"
      case .address(let host, let port): "\(host):\(port)  \(scenario.summary)\n"
      }
    }.joined()
}
