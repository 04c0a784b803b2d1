import NIOCore
import TestSupport
import Testing

@testable import SluiceLab

/// Each scenario of the catalogue over a real socket against what its steps say: the same bytes, the same end.
///
/// The reference here reads the list of steps in its own, much simpler way.
struct ScenarioTests {
  /// What must be seen: bytes in all, or the beginning of an endless stream, and the end.
  struct Claim: Sendable {
    var bytes: [UInt8] = []
    var end = RawClient.End.open
    var isEndless = false
    /// Whether nothing can follow on this connection.
    var isLast = false
  }

  typealias Turn = (claim: Claim, seen: Claim)

  /// How many scenarios are looked at side by side: most of the time of each goes into waiting that nothing more comes.
  static let sideBySide = 16

  @Test func everyAnswerIsExactlyWhatItsScenarioClaims() async throws {
    // Whose answer depends on how many connections there were before.
    let scenarios = LabCatalogue.scenarios.filter { scenario in
      guard case .answers = scenario.service, scenario.transport == .http1 else { return false }
      return scenario.name != "connection"
    }
    #expect(scenarios.count > 150)
    try await withLab { lab in
      try await withThrowingTaskGroup(of: (String, [Turn]).self) { group in
        var rest = scenarios[...]
        for scenario in rest.prefix(Self.sideBySide) { group.addTask { try await Self.look(scenario, lab) } }
        rest = rest.dropFirst(Self.sideBySide)
        for try await (name, turns) in group {
          Self.check(name, turns)
          if let next = rest.popFirst() { group.addTask { try await Self.look(next, lab) } }
        }
      }
    }
  }

  private static func look(_ scenario: Scenario, _ lab: LabServer) async throws -> (String, [Turn]) {
    let port = lab.port(of: scenario)
    let path = lab.unixPath(of: scenario)
    return (scenario.name, try await blocking { try observe(scenario, port: port, unixPath: path) })
  }

  private static func check(_ name: String, _ turns: [Turn]) {
    for (claim, seen) in turns {
      #expect(text(Array(seen.bytes.prefix(2000))) == text(Array(claim.bytes.prefix(2000))), "\(name)")
      #expect(seen.bytes.count == claim.bytes.count && seen.bytes == claim.bytes, "\(name)")
      #expect(seen.end == claim.end, "\(name)")
    }
  }

  static func observe(_ scenario: Scenario, port: Int?, unixPath: String?) throws -> [Turn] {
    let client = try unixPath.map { try RawClient(unixPath: $0) } ?? RawClient(port: #require(port))
    defer { client.close() }
    let target = quick(scenario.reach)
    var turns: [Turn] = []
    for turn in 1...scenario.request.requests {
      var hint = scenario.request
      let isLast = turn == scenario.request.requests
      if !isLast { hint.method = "GET" }
      let claim = try claim(of: scenario, target: target, hint: hint, turn: turn)
      client.send(request(target, hint))
      // Who waits for 100-continue holds the body back until something comes.
      let first = hint.headers.contains { $0.name == "Expect" } ? client.read(max: 1).bytes : []
      // It goes out while the answer is read: a server that stops reading never takes it all.
      client.send([UInt8](repeating: 0x62, count: hint.bodyBytes))
      let count = claim.bytes.count - first.count
      // What is claimed is waited for; that nothing follows is believed soon.
      let (bytes, end) =
        claim.isEndless || !(isLast || claim.isLast)
        ? client.read(max: count)
        : client.read(atLeast: count, patience: claim.end == .open ? 200 : 5000)
      turns.append((claim, Claim(bytes: first + bytes, end: end)))
      if claim.isLast { break }
    }
    return turns
  }

  /// The same target with every wait short.
  private static func quick(_ reach: Reach) -> String {
    guard case .path(let target) = reach else { return "/" }
    let parts = target.split(separator: "?")
    guard parts.count == 2 else { return target }
    let pairs = parts[1].split(separator: "&").map { $0.hasPrefix("ms=") && $0 != "ms=1" ? "ms=20" : String($0) }
    return parts[0] + "?" + pairs.joined(separator: "&")
  }

  private static func claim(of scenario: Scenario, target: String, hint: RequestHint, turn: Int) throws -> Claim {
    guard case .answers(let script) = scenario.service else { return Claim() }
    var input = ByteBuffer(bytes: request(target, hint))
    var reader = RequestReader(headBytesMax: 1 << 20)
    var seen = try #require(try reader.nextHead(&input))
    seen.turn = turn
    seen.connection = 1
    var claim = Claim()
    for step in script(seen) { add(step, to: &claim, seen, hint) }
    return claim
  }

  private static func add(_ step: Step, to claim: inout Claim, _ request: LabRequest, _ hint: RequestHint) {
    if claim.isLast { return }
    switch step {
    case .awaitBody:
      if request.expectsContinue { claim.bytes += Array("HTTP/1.1 100 Continue\r\n\r\n".utf8) }
    case .send(let bytes), .drip(let bytes, _): claim.bytes += bytes
    case .fill(let byte, let count): claim.bytes += [UInt8](repeating: byte, count: count)
    case .endless(let bytes, _):
      claim.bytes += bytes + bytes + bytes
      claim.isEndless = true
    case .echoBody: claim.bytes += [UInt8](repeating: 0x62, count: hint.bodyBytes)
    case .close, .cut: claim.end = .fin
    case .closeNow, .reset: claim.end = .reset
    case .hang, .ignorePings, .tunnel, .webSocket: claim.isLast = true
    case .awaitBodyBytes, .awaitInput, .wait, .stopReading, .pauseReading: break
    }
    if claim.end != .open { claim.isLast = true }
  }
}
