import SluiceCore
import SluiceIncidents
import SluiceLab
import SluiceWire
import TestSupport
import Testing

/// One scenario of the lab, driven through a gateway and compared with what it must become.
struct ScenarioRun {
  let scenario: Scenario
  let gateway: GatewayHarness

  /// One route and upstream for each scenario, told apart by the host, with timeouts that a test can wait for.
  static func configuration(_ scenarios: [Scenario], _ lab: LabServer) -> String {
    let routes = scenarios.map { "  - { host: '\($0.name).test', upstream: '\($0.name)' }\n" }.joined()
    let known = Dictionary(uniqueKeysWithValues: lab.routes.map { ($0.name, $0.sluiceUpstream) })
    let timeouts = "timeouts: { connect: 400ms, tls: 900ms, responseHead: 900ms, bodyIdle: 900ms, request: 4s }"
    let upstreams = scenarios.map { "  \($0.name): { \(known[$0.name] ?? ""), \(timeouts) }\n" }.joined()
    return """
      workers: 1
      listeners: [{ address: '127.0.0.1:0' }]
      routes:
      \(routes)
      upstreams:
      \(upstreams)
      """
  }

  private var expected: SluiceLab.Expectation { scenario.expected }
  private var name: String { scenario.name }
  private var request: String { "scenario-\(name)" }

  func check() async throws {
    let outcome = try await drive()
    let found = try await gateway.log.records(of: request)
    guard found.count == 1, let record = found.first else {
      Issue.record("\(name): \(found.count) records")
      return
    }
    compare(outcome.response, record)
    if let next = outcome.next { #expect(next.status == 200, "\(name): the client's connection did not live on") }
  }

  private struct Outcome: Sendable {
    var response: RawResponse
    /// What a further request on the same connection got, where the connection was said to live on.
    var next: RawResponse?
  }

  private func drive() async throws -> Outcome {
    let (scenario, port, request) = (scenario, gateway.port, request)
    return try await blocking {
      let client = try RawClient(port: port)
      let hint = scenario.request
      for turn in 1..<max(hint.requests, 1) {
        let first = client.exchange(Self.bytes(scenario, id: "\(request)-turn-\(turn)"))
        guard first.isWhole else { return Outcome(response: first) }
        if hint.pause > 0 { _ = client.hasMore(within: Int32(hint.pause)) }
      }
      if scenario.expected.timing == .endless, scenario.expected.status == 200 {
        client.send(Self.bytes(scenario, id: request))
        _ = client.readThrough(Array("xxxxxxxx".utf8))
        client.close()
        return Outcome(response: RawResponse())
      }
      var outcome = Outcome(response: client.exchange(Self.bytes(scenario, id: request), keeping: 4096))
      if outcome.response.status == 101 { Self.useTunnel(client, scenario) }
      let livesOn = outcome.response.isWhole && outcome.response["connection"] == nil && client.end == nil
      if livesOn, outcome.response.framing != .untilClose, outcome.response.status != 101 {
        outcome.next = client.exchange("GET /ok HTTP/1.1\r\nHost: ok.test\r\n\r\n")
      }
      return outcome
    }
  }

  private static func useTunnel(_ client: RawClient, _ scenario: Scenario) {
    client.patience = 1000
    client.shutOutput()
    _ = client.readToEnd()
  }

  private static func bytes(_ scenario: Scenario, id: String) -> [UInt8] {
    let hint = scenario.request
    var text = "\(hint.method) \(scenario.target) HTTP/1.1\r\nHost: \(scenario.name).test\r\nX-Request-ID: \(id)\r\n"
    for field in hint.headers { text += "\(field.name): \(field.value)\r\n" }
    if hint.bodyBytes > 0 || hint.method == "POST" { text += "Content-Length: \(hint.bodyBytes)\r\n" }
    return Array((text + "\r\n").utf8) + [UInt8](repeating: 0x62, count: hint.bodyBytes)
  }

  // MARK: Comparing

  private func compare(_ response: RawResponse, _ record: StoredRecord) {
    if expected.timing == .endless, expected.status == 200 {
      #expect(
        record.cause == "client_aborted", "\(name): the client left, and the record says \(record.cause ?? "nothing")")
      return
    }
    #expect(response.status == 0 || Int(record.status) == response.status, "\(name): \(record.status) was recorded")
    if response.status > 0, !response.isWhole {
      compareCut(response, record)
    } else if record.isGenerated == true {
      compareGenerated(response, record)
    } else {
      comparePassed(response, record)
    }
    compareAttempts(record)
  }

  /// The response was begun and then cut.
  private func compareCut(_ response: RawResponse, _ record: StoredRecord) {
    #expect(
      expected.mayAbort, "\(name): cut short after \(response.bodyCount) bytes, \(String(describing: record.cause))")
    #expect(record.isAborted == true, "\(name): the record does not say that the response was cut")
    #expect(response.end == .fin || response.end == .reset, "\(name): the connection stayed open")
    if response.framing == .untilClose { #expect(response.end == .reset, "\(name): a clean end of a cut message") }
    compareCause(record)
  }

  /// The gateway's own answer.
  private func compareGenerated(_ response: RawResponse, _ record: StoredRecord) {
    #expect(expected.cause != nil, "\(name): \(record.cause ?? "") instead of the upstream's answer")
    guard let cause = compareCause(record) else { return }
    let isExpected = cause == expected.cause
    #expect(response.status == Int(isExpected ? expected.status ?? cause.status : cause.status), "\(name)")
    #expect(response.status >= 400, "\(name): a \(response.status) of the gateway's own")
    let type = isExpected ? expected.proxyErrorType : cause.proxyErrorType
    let member = (response["proxy-status"] ?? "").replacing("; ", with: ";")
    #expect(member.hasPrefix("\(GatewayHarness.name);"), "\(name): Proxy-Status: \(member)")
    if let type { #expect(member.contains(";error=\(type.identifier)"), "\(name): Proxy-Status: \(member)") }
    #expect(member.contains(";details=\"\(cause.identifier)\""), "\(name): Proxy-Status: \(member)")
    #expect(response["sluice-incident"] == record.id, "\(name)")
    #expect(response["cache-control"] == "no-store", "\(name)")
    if response.status == 503 { #expect(response["retry-after"] != nil, "\(name)") }
    if scenario.request.bodyBytes == 0, scenario.request.method == "GET" {
      #expect(response["connection"] == nil, "\(name): the client's connection pays for the upstream's failure")
    }
  }

  /// The upstream's answer.
  private func comparePassed(_ response: RawResponse, _ record: StoredRecord) {
    let isOwn = expected.cause == .upstreamStatus
    #expect(isOwn || expected.cause == nil || expected.maySucceed, "\(name): passed as \(response.status)")
    if response.status == 0 {
      Issue.record("\(name): no response at all, \(String(describing: response.end))")
      return
    }
    if let status = expected.status, isOwn || expected.cause == nil {
      #expect(response.status == Int(status), "\(name)")
    }
    #expect(response["sluice-incident"] == nil, "\(name)")
    if isOwn {
      #expect(
        record.cause == "upstream_status" && record.who == "application", "\(name): \(record.cause ?? "no cause")")
    } else if let cause = record.cause, cause != "upstream_status" || !expected.maySucceed || response.status < 500 {
      #expect(expected.alternativeCauses.map(\.identifier).contains(cause), "\(name): recorded as \(cause)")
    }
  }

  @discardableResult
  private func compareCause(_ record: StoredRecord) -> Cause? {
    let allowed = [expected.cause].compactMap { $0 } + expected.alternativeCauses
    guard let cause = allowed.first(where: { $0.identifier == record.cause }) else {
      Issue.record(
        "\(name): recorded as \(record.cause ?? "no failure") \(record.rule ?? ""), not \(allowed.map(\.identifier))")
      return nil
    }
    let owner = cause == expected.cause ? expected.owner ?? cause.owner : cause.owner
    #expect(record.who == owner.identifier, "\(name): \(record.who ?? "nobody") is told to act")
    return cause
  }

  /// The one endpoint of a scenario is asked again only where that can help, and then as often as is allowed.
  private func expectedAttempts(_ record: StoredRecord) -> ClosedRange<Int> {
    guard let cause = Cause.allCases.first(where: { $0.identifier == record.cause }) else { return 1...3 }
    let mayRepeat = scenario.request.method == "GET" || cause.replayClass == .unsent
    return cause.endpointRepeat == .afterPause && mayRepeat ? 3...3 : 1...3
  }

  private func compareAttempts(_ record: StoredRecord) {
    let attempts = record.attempts ?? []
    let expectedCount = expectedAttempts(record)
    #expect(expectedCount.contains(attempts.count), "\(name): \(attempts.count) attempts")
    for attempt in attempts.dropLast() {
      let cause = Cause.allCases.first { $0.identifier == attempt.cause }
      #expect(cause?.endpointRepeat ?? .never != .never, "\(name): asked again after \(attempt.cause ?? "a success")")
    }
    #expect(record.upstream == name)
    guard let last = attempts.last else { return }
    if record.cause == nil || record.cause == "upstream_status" {
      #expect(last.cause == nil, "\(name): the attempt failed with \(last.cause ?? "")")
    } else if record.cause != "client_aborted" {
      #expect(last.cause == record.cause, "\(name): the attempt says \(last.cause ?? "nothing")")
    }
  }
}
