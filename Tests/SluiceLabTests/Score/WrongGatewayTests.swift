import NIOCore
import NIOPosix
import Testing

@testable import SluiceLab

/// The score must see what a bad gateway does, so two of them are here: one that passes every byte as it came, one that
/// says 200 to everything.
struct WrongGatewayTests {
  private static func score(_ port: Int, limit: Int = 12, _ names: [String]) async throws -> [String: ScenarioScore] {
    let gateway = try #require(ScoredGateway(url: "http://127.0.0.1:\(port)"))
    var run = ScoreRun(gateway, group: MultiThreadedEventLoopGroup.singleton)
    run.limitSeconds = limit
    let subjects = ScoreSubject.all(authority: gateway.authority).filter { names.contains($0.name) }
    #expect(subjects.count == names.count)
    let score = await run.score(subjects)
    #expect(score.scenarios.map(\.name) == subjects.map(\.name))
    return Dictionary(uniqueKeysWithValues: score.scenarios.map { ($0.name, $0) })
  }

  @Test func seesWhatABlindRelayLetsThrough() async throws {
    try await withLab { lab in
      let relay = try await BlindRelay.start(to: lab.port)
      let healthy = [
        "ok", "chunked", "huge", "early-hints", "close-delimited", "connection-close", "expect-continue", "tunnel",
        "own-502", "endless-body",
      ]
      let scores = try await Self.score(
        relay.port,
        healthy + [
          "truncated-body-length", "truncated-body-chunked", "garbage-ssh", "garbage-binary", "invalid-header-nul",
          "invalid-status-abc", "bad-framing-two-lengths", "bad-chunk-size-not-hex", "excess-body", "excess-response",
          "close-before-response", "reset-before-response", "request-nul",
        ])
      let stalled = try await Self.score(relay.port, limit: 1, ["stall-head", "stall-body"])
      try await relay.stop()
      for name in healthy { #expect(scores[name]?.complaints == [], "\(name)") }
      for name in ["truncated-body-length", "truncated-body-chunked"] {
        #expect(scores[name]?.seen == "200 cut" && scores[name]?.isRight == true, "\(name)")
      }
      let leaks = [
        "garbage-ssh", "garbage-binary", "invalid-header-nul", "invalid-status-abc", "bad-framing-two-lengths",
        "bad-chunk-size-not-hex", "excess-body", "excess-response",
      ]
      for name in leaks { #expect(scores[name]?.leak != nil, "\(name)") }
      #expect(scores["close-before-response"]?.silence == "closed without a response")
      #expect(scores["reset-before-response"]?.silence == "reset without a response")
      #expect(stalled["stall-head"]?.silence == "no response in time")
      #expect(stalled["stall-body"]?.silence == "neither an end nor a cut in time")
      #expect(scores["request-nul"]?.status == .wrong)
    }
  }

  @Test func seesACutBodyThatIsMadeWhole() async throws {
    let ledger = LabLedger(limits: LabLimits())
    let site = LabSite { Reply.text("first", for: $0) }
    let any = try SocketAddress(ipAddress: "127.0.0.1", port: 0)
    let listener = try await LabListener.bind(
      any, group: MultiThreadedEventLoopGroup.singleton, site: site, ledger: ledger)
    let scores = try await Self.score(
      try #require(listener.localAddress?.port),
      ["truncated-body-chunked", "truncated-head", "stall-body", "bad-chunk-later", "garbage-html", "own-502"])
    try await listener.close()
    for name in ["truncated-body-chunked", "truncated-head", "stall-body", "bad-chunk-later"] {
      #expect(scores[name]?.leak == "a cut body as a whole one", "\(name)")
    }
    #expect(scores["garbage-html"]?.leak == "5 bytes that are no response's body")
    #expect(scores["own-502"]?.status == .wrong && scores["own-502"]?.leak == nil)
  }

  @Test func aGatewayThatIsNotThereIsToldAsThat() async throws {
    try await withLab { lab in
      let closed = try #require(lab.port(of: scenario("connect-refused")))
      let scores = try await Self.score(closed, ["ok", "connect-refused"])
      for score in scores.values {
        #expect(score.seen == "unreachable" && score.silence == "no connection to the gateway")
      }
    }
  }
}
