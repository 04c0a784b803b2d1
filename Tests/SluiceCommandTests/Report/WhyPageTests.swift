import SluiceIncidents
import Testing

@testable import SluiceDiagnosis
@testable import sluice

@Suite("The page of one incident")
struct WhyPageTests {
  @Test("the trace, where there is one")
  func trace() throws {
    var page = try Fixtures.refusedPage(Screen(width: 80))
    #expect(!page.lines().contains { $0.hasPrefix("  trace") })
    var incident = page.incident
    incident.record.traceId = "0af7651916cd43dd8448eb211c80319c"
    page = WhyPage(incident: incident, diagnosis: page.diagnosis, changes: [], now: page.now, screen: page.screen)
    #expect(page.lines().contains("  trace        0af7651916cd43dd8448eb211c80319c"))
  }

  @Test("at 80 columns")
  func narrow() throws {
    let page = try Fixtures.refusedPage(Screen(width: 80))
    #expect(
      page.lines().joined(separator: "\n") == """
        application: connect_refused (certain). Nothing listens on 127.0.0.1:3001: the
        endpoint's machine refused the connection.
        Next: Start the application, or correct the endpoint's port.

        What happened
          request      GET http://127.0.0.1:8081/orders?id HTTP/1.1
          time         2026-11-24 03:20:00.123 UTC, 3 min ago
          client       127.0.0.1:53110, on 127.0.0.1:8081, curl/8.5.0
          answer       502, made by the gateway, after 2.000 ms; 84 bytes in, 512 bytes
                       out
          went to      route /, upstream app
          ID           01M85S2HVV00000000000000A1
          request ID   abc-1 (the client's)

        Time line, 2.000 ms in all
          Attempt 1 of 2: http://127.0.0.1:3000 (127.0.0.1:3000)
            connect_refused (ECONNREFUSED) in connect; 0 bytes sent, 0 received
            resolve    0.200 ms |   █████                                              |
            connect    0.400 ms |        ██████████x                                   |
          Attempt 2 of 2: http://127.0.0.1:3001 (127.0.0.1:3001)
            connect_refused (ECONNREFUSED) in connect; 0 bytes sent, 0 received
            connect    0.600 ms |                                ████████████████x     |
          Not tried again: every endpoint of the upstream was tried (no_other_endpoint)

        Evidence
          limits       connect 2 s, response head 1 min, request 2 min, body idle 1 min,
                       pool idle 4 s, queue 1 s
          load         3 of 1024 requests, 0 of 1024 waiting, 2 of 1024 connections
          endpoints    http://127.0.0.1:3000: last answered 12 s before, 4 failures in a
                       row, last failed less than 1 s before with connect_refused
                       http://127.0.0.1:3001: never answered, 1 failure in a row, last
                       failed less than 1 s before with connect_refused
          changes      none in the ten minutes before

        What speaks for it
          - connect() gave ECONNREFUSED.

        Check first
          1. Is the process alive, and does it listen on that port?
               ss -ltnp 'sport = :3001'
          2. Was something deployed?
        """)
  }

  @Test("at 120 columns")
  func wide() throws {
    let page = try Fixtures.refusedPage(Screen(width: 120)).lines()
    #expect(
      page.prefix(12).joined(separator: "\n") == """
        application: connect_refused (certain). Nothing listens on 127.0.0.1:3001: the endpoint's machine refused the
        connection.
        Next: Start the application, or correct the endpoint's port.

        What happened
          request      GET http://127.0.0.1:8081/orders?id HTTP/1.1
          time         2026-11-24 03:20:00.123 UTC, 3 min ago
          client       127.0.0.1:53110, on 127.0.0.1:8081, curl/8.5.0
          answer       502, made by the gateway, after 2.000 ms; 84 bytes in, 512 bytes out
          went to      route /, upstream app
          ID           01M85S2HVV00000000000000A1
          request ID   abc-1 (the client's)
        """)
  }

  @Test("colours change no character, and without block characters it is ASCII")
  func coloured() throws {
    let plain = try Fixtures.refusedPage(Screen(width: 80, hasUnicode: false)).lines()
    let coloured = try Fixtures.refusedPage(Screen(width: 80, hasColour: true, hasUnicode: false)).lines()
    #expect(plain.allSatisfy { $0.utf8.allSatisfy { (0x20...0x7E).contains($0) } })
    #expect(coloured.map(\.withoutColours) == plain)
    #expect(coloured[0].hasPrefix("\u{1B}[1;31mapplication: connect_refused (certain)\u{1B}[0m"))
  }

  @Test("the first line names what was observed where a root cause explains it")
  func rootCause() throws {
    var page = try Fixtures.refusedPage(Screen())
    let diagnosis = Fixtures.diagnosis("deploy_regression", who: "deploy", "It began with api v42.", next: "Go back.")
    page = WhyPage(incident: page.incident, diagnosis: diagnosis, changes: [], now: page.now, screen: page.screen)
    #expect(page.lines()[0].hasPrefix("deploy: deploy_regression (certain), seen as connect_refused. It began"))
  }

  @Test("first bytes are told with what they look like, a reused connection with its age")
  func evidence() throws {
    let incident = try Fixtures.ssh()
    let page = WhyPage(
      incident: incident, diagnosis: diagnose(incident), changes: [], now: Fixtures.now, screen: Screen()
    ).lines()
    #expect(page.contains("  first bytes  The bytes are the greeting of an SSH server. (ssh)"))
    #expect(page.contains(#"               All that came: SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n"#))
    #expect(page.contains("    not_http in wait; reused connection, 3.8 s old, used 1 time before; 120"))
    #expect(page.contains("  DNS          git.internal: NOERROR, 10.0.0.7, 10.0.0.8"))
  }

  @Test("what held a request back stands with the load")
  func heldBack() throws {
    var incident = try Fixtures.ssh()
    var load = UpstreamLoad(
      requests: 7, requestsMax: 7, queued: 900, queueMax: 1024, connections: 7, connectionsMax: 1024)
    (load.heldBackBy, load.servedPerSecond) = ("adaptive", 99.6)
    (load.adaptiveReason, load.latencyWithoutQueueMs) = ("fell", 40)
    incident.evidence?.load = load
    func line() -> String? {
      let page = WhyPage(
        incident: incident, diagnosis: diagnose(incident), changes: [], now: Fixtures.now, screen: Screen(width: 300))
      return page.lines().first { $0.hasPrefix("  load ") }
    }
    #expect(
      line()
        == "  load         7 of 7 requests, 900 of 1024 waiting, 7 of 1024 connections; held back by the adaptive limit; "
        + "100 served in a second; adaptive limit: fell, 40 ms without a queue")
    // A store is a file.
    incident.evidence?.load?.servedPerSecond = .nan
    incident.evidence?.load?.latencyWithoutQueueMs = .infinity
    #expect(line()?.contains("served") == false)
  }

  @Test("a saved exchange says that nobody noticed, and that its evidence was not kept")
  func absorbed() throws {
    let incident = try Fixtures.absorbed()
    let page = WhyPage(
      incident: incident, diagnosis: diagnose(incident), changes: [], now: Fixtures.now, screen: Screen()
    ).lines()
    #expect(page.contains { $0.hasPrefix("  answer       200, the client noticed nothing, after 10.0 ms") })
    #expect(page.contains { $0.hasPrefix("  Only the record was kept") })
  }

  @Test("changes stand with their distance, those of the store beside those that the gateway knew")
  func changes() throws {
    var incident = try Fixtures.refused()
    let reload = Change(kind: .reload, time: Fixtures.time - 300_000, text: "generation 4")
    incident.evidence?.changes = [reload]
    let stored = [
      Change(kind: .deploy, time: Fixtures.time - 61_000, text: "app v42", upstream: "app"), reload,
      Change(kind: .deploy, time: Fixtures.time - 60_000, text: "other v1", upstream: "other"),
      Change(kind: .deploy, time: Fixtures.time + 1, text: "later"),
      Change(kind: .deploy, time: Fixtures.time - 600_000, text: "too old"),
    ]
    let suspects = Change.suspects(of: incident, stored: stored)
    #expect(suspects.map(\.text) == ["app v42", "generation 4"])
    let page = try Fixtures.refusedPage(Screen(), changes: suspects).lines()
    #expect(page.contains("  changes      1 min before: a deploy was marked, app v42 (upstream app)"))
    #expect(page.contains("               5 min before: the configuration was reloaded, generation 4"))
  }

  @Test("an endpoint that got no requests says so, with the reason")
  func standings() throws {
    var evidence = Evidence()
    var ejected = EndpointCondition(
      endpoint: "http://a", lastSuccessMs: 2000, lastFailureMs: 300, lastFailureCause: "connect_refused",
      failuresInARow: 1)
    ejected.standing = "ejected"
    ejected.standingReason = "connect_refused"
    ejected.standingForMs = 300
    ejected.untilMs = 700
    var healthy = ejected
    healthy.standing = "healthy"
    evidence.endpoints = [ejected, healthy]
    let incident = try Fixtures.incident(
      .failed,
      """
      {"time":"2026-07-28T12:00:00.000Z","id":"01J3ZQ8K5T6V7W8X9YZABCDEFG","status":503,"bytesIn":1,"bytesOut":1,
      "cause":"all_unhealthy","phase":"queue","totalMs":1}
      """, evidence: evidence)
    let verdict = Verdict(who: "application", cause: "all_unhealthy", sure: .likely, sentence: "s", next: "n")
    let page = WhyPage(
      incident: incident, diagnosis: Diagnosis(verdict: verdict, candidates: [], checks: []), changes: [], now: 0,
      screen: Screen(width: 200))
    let lines = page.lines().joined(separator: "\n")
    #expect(lines.contains("http://a: ejected since"))
    #expect(lines.contains("more (connect_refused); last answered"))
    #expect(lines.split(separator: "ejected").count == 2, "a healthy one has nothing to say")
  }

  @Test("nothing that a peer or the store says moves the cursor", arguments: [40, 80, 120, 200])
  func hostile(width: Int) throws {
    let attack = #"\u001b]0;x\u0007\u009b2J\r\n\u202e\u2028"#
    let line = """
      {"time":"\(attack)","id":"\(attack)","client":"\(attack)","listener":"\(attack)","protocol":"\(attack)",
      "method":"\(attack)","scheme":"\(attack)","host":"\(attack)","path":"\(attack)","query":"\(attack)","status":502,
      "bytesIn":1,"bytesOut":1,"route":"\(attack)","upstream":"\(attack)","cause":"\(attack)","who":"\(attack)",
      "rule":"\(attack)","phase":"\(attack)","attempts":[{"phase":"\(attack)","endpoint":"\(attack)",
      "address":"\(attack)","cause":"\(attack)","errno":"\(attack)","rcode":"\(attack)",
      "startMs":1e300,"bytesSent":1,"bytesReceived":1}],
      "notRetriedBecause":"\(attack)","totalMs":1e300,"clientRequestId":"\(attack)","userAgent":"\(attack)"}
      """
    let text = "\u{1B}]0;x\u{07}\u{9B}2J\r\n\u{202E}\u{2028}"
    var evidence = Evidence()
    evidence.firstBytes = FirstBytes(text: text, count: .min, isCut: true, looksLike: text)
    evidence.endpoints = Array(
      repeating: EndpointCondition(
        endpoint: text, lastSuccessMs: .infinity, lastFailureMs: .nan, lastFailureCause: text, failuresInARow: .max),
      count: 40)
    evidence.endpoints?[0].standing = text
    evidence.endpoints?[0].standingReason = text
    evidence.endpoints?[0].standingForMs = .nan
    evidence.endpoints?[0].untilMs = .infinity
    evidence.resolution = ResolutionEvidence(name: text, addresses: [text], responseCode: text)
    let incident = try Fixtures.incident(.failed, line, evidence: evidence)
    let verdict = Verdict(who: text, cause: text, sure: .certain, sentence: text, next: text)
    let candidate = Candidate(cause: text, who: text, sure: .likely, evidence: [text])
    let diagnosis = Diagnosis(
      verdict: verdict, candidates: [candidate, candidate], checks: [NextCheck(question: text, command: text)])
    let page = WhyPage(
      incident: incident, diagnosis: diagnosis,
      changes: Array(repeating: Change(kind: .deploy, time: .min, text: text, upstream: text), count: 20), now: .max,
      screen: Screen(width: width))
    var table = IncidentTable(for: [incident], screen: page.screen)
    for line in page.lines() + table.lines(incident) {
      #expect(line.unicodeScalars.allSatisfy(PlainText.isPlain), "\(line)")
    }
    for line in page.lines() { #expect(PlainText.width(line) <= max(width, 120), "\(line)") }
    let json = try JSONText.line(
      WhyAnswer(
        diagnosis, Incident(kind: .failed, record: incident.record, evidence: nil), in: IncidentSurroundings()))
    #expect(json.unicodeScalars.allSatisfy(PlainText.isPlain))
  }
}
