/// Every scenario of the lab, in the order of the failure catalogue.
public enum LabCatalogue {
  public static let scenarios: [Scenario] = [
    connecting, closing, requestSide, garbage, heads, framing, bodies, slow, application, upgrades, healthy,
    tlsHandshakes, tlsAlerts, tlsMessages, http2Healthy, http2Streams, http2Violations, http2Fields, http2Clear,
    http2Connections,
  ].flatMap { $0 }

  public static func scenario(_ name: String) -> Scenario? { scenarios.first { $0.name == name } }

  /// The catalogue for machines: one JSON array, UTF-8, with an object for each scenario.
  ///
  /// - Parameter plan: the addresses that are told; what it leaves to the system is null.
  public static func json(_ plan: LabPlan = LabPlan()) -> [UInt8] {
    Array((LabText.array(scenarios.map { LabText.json(of: $0, plan) }) + "\n").utf8)
  }

  /// A scenario at a path of its own name (or another), answered by these steps after the whole request.
  static func at(
    _ target: String, _ summary: String, row: Int? = nil, _ expected: Expectation, request: RequestHint = .get,
    name: String? = nil, over transport: LabTransport = .http1, _ script: @escaping @Sendable (LabRequest) -> [Step]
  ) -> Scenario {
    let own = target.prefix { $0 != "?" }.drop { $0 == "/" }
    return Scenario(
      name: name ?? own.split(separator: "/").joined(separator: "-"), summary: summary, row: row,
      reach: .path(target), transport: transport, request: request, expected: expected,
      service: transport.needsHTTP2 ? .frames(script) : .answers(script))
  }

  /// A scenario that sends fixed bytes after the whole request and then these last steps.
  static func sends(
    _ target: String, _ summary: String, row: Int? = nil, _ expected: Expectation, _ text: String,
    request: RequestHint = .get, then last: [Step] = []
  ) -> Scenario {
    at(target, summary, row: row, expected, request: request) { _ in [.awaitBody, .send(Reply.bytes(text))] + last }
  }

  static func atPort(
    _ name: String, _ summary: String, row: Int? = nil, _ expected: Expectation, request: RequestHint = .get,
    over transport: LabTransport = .http1, _ service: LabService
  ) -> Scenario {
    Scenario(
      name: name, summary: summary, row: row, reach: .port(name), transport: transport, request: request,
      expected: expected,
      service: service)
  }

  static func atUnix(
    _ name: String, _ summary: String, row: Int? = nil, _ expected: Expectation, _ service: LabService
  ) -> Scenario {
    Scenario(
      name: name, summary: summary, row: row, reach: .unix(name), request: .get, expected: expected, service: service)
  }
}
