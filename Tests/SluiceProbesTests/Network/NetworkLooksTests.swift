import SluiceCore
import SluiceDiagnosis
import SluiceIncidents
import SluiceLab
import TestSupport
import Testing

@testable import SluiceProbes

@Suite(.serialized) struct NetworkLooksTests {
  private static let healthy = "HTTP/1.1 200 OK\r\nServer: scripted\r\nContent-Length: 2\r\n\r\nok"

  @Test(.timeLimit(.minutes(1))) func aHealthyEndpointIsSeenInFull() async throws {
    let origin = try ScriptedOrigin.answering(Self.healthy)
    defer { origin.stop() }
    let target = try LabTargets.configured(
      "endpoints: ['http://127.0.0.1:\(origin.port)'], health: {path: /healthz}")
    let seen = await NetworkLooks.look(target, depth: .full)
    #expect(seen.resolution == nil)
    #expect(seen.handshake == nil)
    let connection = try #require(seen.connections?.value?.first)
    #expect(connection.cause == nil)
    #expect(connection.localAddress?.hasPrefix("127.0.0.1:") == true)
    #expect(connection.route == "dev lo")
    let responses = try #require(seen.responses?.value)
    #expect(responses.map(\.question) == [.configured, .health])
    #expect(responses.map(\.status) == [200, 200])
    #expect(responses[0].framing == "length")
    #expect(responses[0].fields == [FieldSeen(name: "server", value: "scripted")])
    #expect(responses[1].passesCheck == true)
    let kept = try #require(seen.keepAlive?.value)
    #expect(kept.takesSecondRequest)
    #expect(kept.closedAfterMs == nil)
    #expect(kept.poolIdleMs == 4000)
  }

  @Test(.timeLimit(.minutes(1))) func onlyAHandfulOfRequestsIsAskedAndAllAreGet() async throws {
    let origin = try ScriptedOrigin.answering(Self.healthy)
    defer { origin.stop() }
    let target = try LabTargets.configured(
      "endpoints: ['http://127.0.0.1:\(origin.port)'], health: {path: /healthz}")
    _ = await NetworkLooks.look(target, depth: .full, keepAliveWatch: .milliseconds(50))
    #expect(origin.requests.count == 3)
    _ = await NetworkLooks.look(target, depth: .cheap)
    #expect(origin.requests.count == 4)
    #expect(origin.requests.allSatisfy { $0.hasPrefix("GET /") })
    #expect(origin.requests.allSatisfy { $0.contains("via: 1.1 doctor-test\r\n") })
    let odd = try ScriptedOrigin.answering("nonsense\r\n\r\n", requestsMax: 1)
    defer { odd.stop() }
    let oddTarget = try ProbeTarget(url: "http://127.0.0.1:\(odd.port)")
    let seen = await NetworkLooks.look(oddTarget, depth: .full)
    #expect((seen.responses?.value?.count ?? 0) <= NetworkLooks.requestsMax)
    #expect(odd.requests.count <= NetworkLooks.requestsMax)
  }

  @Test(.timeLimit(.minutes(2))) func everyScenarioOfTheLabIsSeenAsWhatItIs() async throws {
    try await LabTargets.withLab { lab in
      // What needs a body, another method, a second request or more time than a look takes shows itself otherwise.
      let late: Set<Cause> = [.bodyIdleTimeout, .requestDeadline, .staleKeepalive, .writeFailed, .writeTimeout]
      let scenarios = LabCatalogue.scenarios.filter { scenario in
        scenario.request.method == "GET" && scenario.request.headers.isEmpty
          && late.isDisjoint(with: scenario.expected.causes)
          // Longer than a look reads.
          && scenario.name != "truncated-body-large"
      }
      #expect(scenarios.count > 100)
      let complaints = await withTaskGroup(of: String?.self) { group in
        var waiting = scenarios[...]
        var complaints: [String] = []
        func addNext() {
          guard let scenario = waiting.popFirst() else { return }
          group.addTask { await Self.complaint(scenario, lab) }
        }
        for _ in 0..<16 { addNext() }
        for await complaint in group {
          if let complaint { complaints.append(complaint) }
          addNext()
        }
        return complaints
      }
      #expect(complaints.sorted() == [])
    }
  }

  private static func complaint(_ scenario: Scenario, _ lab: LabServer) async -> String? {
    if scenario.name == "unix-socket-permission", !LabServer.arePermissionsEnforced { return nil }
    guard let target = try? LabTargets.target(scenario, of: lab) else { return "\(scenario.name): no target" }
    let seen = await NetworkLooks.look(target, depth: .cheap)
    var cause = seen.connections?.value?.first?.cause ?? seen.handshake?.value?.cause
    let response = seen.responses?.value?.first
    cause = cause ?? response?.cause
    if cause == nil, let status = response?.status, (500...599).contains(status) {
      cause = Cause.upstreamStatus.identifier
    }
    let expected = (scenario.expected.causes + scenario.expected.alternativeCauses).map(\.identifier)
    let isRight = cause.map(expected.contains) ?? (scenario.expected.causes.isEmpty || scenario.expected.maySucceed)
    return isRight ? nil : "\(scenario.name): \(cause ?? "a response") instead of \(expected)"
  }

  // MARK: Time

  // How long it takes is measured by the rows `doctor-…` of the benchmark: other tests take the processor here.

  @Test(.timeLimit(.minutes(1))) func aStalledHandshakeEndsByItself() async throws {
    try await LabTargets.withLab { lab in
      let target = try LabTargets.target("tls-stalled", of: lab)
      let seen = await NetworkLooks.look(target, depth: .full)
      #expect(seen.handshake?.value?.cause == "tls_handshake_timeout")
      #expect(try Self.verdict(seen, target).cause == "tls_handshake_timeout")
    }
  }

  @Test(.timeLimit(.minutes(1))) func aDeadNameEndsByItself() async throws {
    let silent = try StubDNSServer { _ in [] }
    defer { silent.stop() }
    var target = try ProbeTarget(url: "http://gone.sluice.test:80")
    target.resolver.servers = [silent.address]
    let seen = await NetworkLooks.look(target, depth: .full)
    #expect(seen.resolution?.value?.cause == "dns_timeout")
    #expect(seen.connections == nil)
    #expect(try Self.verdict(seen, target).cause == "dns_timeout")
  }

  @Test(.timeLimit(.minutes(1))) func anApplicationThatNeverAnswersEndsByItself() async throws {
    let origin = try ScriptedOrigin { $0.hang() }
    defer { origin.stop() }
    let target = try ProbeTarget(url: "http://127.0.0.1:\(origin.port)")
    let seen = await NetworkLooks.look(target, depth: .full)
    #expect(seen.responses?.value?.first?.cause == "response_header_timeout")
    let verdict = try Self.verdict(seen, target)
    #expect(verdict.cause == "application_hung")
    #expect(verdict.sure == .likely)
  }

  // MARK: Verdicts over what was really seen

  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      ("tls-to-http", "wrong_scheme"), ("tls-expired", "tls_cert_expired"), ("tls-wrong-name", "tls_name_mismatch"),
      ("tls-unknown-issuer", "tls_cert_untrusted"), ("tls-self-signed", "tls_cert_self_signed"),
      ("tls-incomplete-chain", "tls_cert_incomplete_chain"), ("tls-old-version", "tls_version_mismatch"),
      ("tls-client-certificate-wanted", "tls_client_certificate_wanted"),
      ("tls-client-certificate-wanted-12", "tls_client_certificate_wanted"), ("http-to-tls", "wrong_scheme"),
      ("https-port-400", "wrong_scheme"), ("connect-refused", "connect_refused"), ("ssh-port", "not_http"),
      ("unix-socket-missing", "unix_socket_missing"), ("unix-backlog-full", "backlog_full"),
      ("connect-timeout", "connect_timeout"), ("own-500-chunked", "upstream_status"),
      ("close-before-response", "closed_before_response"),
    ])
  func theVerdictIsRight(name: String, cause: String) async throws {
    try await LabTargets.withLab { lab in
      let target = try LabTargets.target(name, of: lab)
      let seen = await NetworkLooks.look(target, depth: .full, keepAliveWatch: .milliseconds(50))
      let verdict = try Self.verdict(seen, target)
      #expect(verdict.cause == cause, "\(verdict) of \(seen)")
    }
  }

  @Test(.timeLimit(.minutes(1))) func plainHTTPWhereTLSIsConfiguredIsTheWrongScheme() async throws {
    let origin = try ScriptedOrigin.answering(Self.healthy)
    defer { origin.stop() }
    let target = try ProbeTarget(url: "https://127.0.0.1:\(origin.port)")
    let seen = await NetworkLooks.look(target, depth: .full)
    let verdict = try Self.verdict(seen, target)
    #expect(verdict.cause == "wrong_scheme")
    #expect(verdict.sure == .certain)
  }

  @Test(.timeLimit(.minutes(1)), arguments: ["h2-ok", "h2c"]) func http2OnlyIsTheWrongProtocol(name: String)
    async throws
  {
    try await LabTargets.withLab { lab in
      let scenario = try #require(LabCatalogue.scenarios.first { $0.transport == .http2 && $0.target.hasSuffix("/ok") })
      var target = try LabTargets.target(scenario, of: lab)
      target.settings.protocolChoice = name == "h2c" ? .http1 : .auto
      let seen = await NetworkLooks.look(target, depth: .full)
      let verdict = try Self.verdict(seen, target)
      #expect(verdict.cause == "wrong_protocol", "\(seen)")
      #expect(verdict.sure == .certain)
    }
  }

  @Test(.timeLimit(.minutes(1))) func http1OnlyIsTheWrongProtocolWhereHTTP2IsConfigured() async throws {
    let origin = try ScriptedOrigin { connection in
      guard let head = connection.head() else { return }
      connection.send(
        head.hasPrefix("PRI")
          ? "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" : Self.healthy)
    }
    defer { origin.stop() }
    let target = try LabTargets.configured("endpoints: ['http://127.0.0.1:\(origin.port)'], protocol: http2")
    let seen = await NetworkLooks.look(target, depth: .full)
    let verdict = try Self.verdict(seen, target)
    #expect(verdict.cause == "wrong_protocol", "\(seen)")
  }

  @Test(.timeLimit(.minutes(1))) func anEndpointThatLeadsBackToTheGatewayIsALoop() async throws {
    let origin = try ScriptedOrigin.answering(
      "HTTP/1.1 508 Loop Detected\r\nProxy-Status: doctor-test; error=proxy_loop_detected\r\nContent-Length: 0\r\n\r\n")
    defer { origin.stop() }
    let target = try LabTargets.configured("endpoints: ['http://127.0.0.1:\(origin.port)']")
    let seen = await NetworkLooks.look(target, depth: .cheap)
    let verdict = try Self.verdict(seen, target)
    #expect(verdict.cause == "loop_detected")
    #expect(verdict.sure == .certain)
  }

  @Test(.timeLimit(.minutes(1))) func aKeepAliveShorterThanThePoolsIsMeasured() async throws {
    let origin = try ScriptedOrigin.answering(Self.healthy, idle: .milliseconds(400))
    defer { origin.stop() }
    let target = try LabTargets.configured("endpoints: ['http://127.0.0.1:\(origin.port)']")
    let seen = await NetworkLooks.look(target, depth: .full)
    let closed = try #require(seen.keepAlive?.value?.closedAfterMs)
    #expect(350...900 ~= closed)
    let verdict = try Self.verdict(seen, target)
    #expect(verdict.cause == "idle_timeout_mismatch")
    #expect(verdict.sure == .likely)
  }

  private static func verdict(_ seen: NetworkSeen, _ target: ProbeTarget) throws -> Verdict {
    var examination = Examination(time: ProbeClock.wallMilliseconds(), target: target.target)
    examination.take(seen)
    let report = try #require(StepReport.of(.direct, in: examination))
    #expect(report.findings.allSatisfy { $0.text.count <= 400 && $0.text.hasSuffix(".") }, "\(report.findings)")
    return diagnose(examination).verdict
  }
}
