/// Finds the script for a request on a lab's main address.
struct LabRoutes: Sendable {
  private typealias Script = @Sendable (LabRequest) -> [Step]

  /// By path; no two scenarios share one, whatever they speak.
  private let exact: [String: Script]
  private let frames: [String: Script]
  private let counts: @Sendable () -> LabCounts

  init(_ scenarios: [Scenario], counts: @escaping @Sendable () -> LabCounts) {
    var exact: [String: Script] = [:]
    var frames: [String: Script] = [:]
    for scenario in scenarios {
      guard case .path(let target) = scenario.reach else { continue }
      let path = String(target.prefix { $0 != "?" })
      switch scenario.service {
      case .answers(let script): exact[path] = script
      case .frames(let script): frames[path] = script
      default: break
      }
    }
    self.exact = exact
    self.frames = frames
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

  /// On the addresses that speak TLS or HTTP/2. Every path of HTTP/1.1 is there behind TLS, too.
  func script(for request: LabRequest, over transport: LabTransport) -> [Step] {
    guard transport.needsHTTP2 else { return script(for: request) }
    return frames[request.path]?(request)
      ?? HTTP2Reply.text(
        "The lab has no scenario at this path. GET / of its main port lists them.\n", 404, for: request)
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
