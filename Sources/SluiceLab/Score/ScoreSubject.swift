internal import SluiceCore

/// One thing that is scored: what is sent, and what must come of it.
public struct ScoreSubject: Sendable {
  /// Whose message is wrong.
  public enum Side: String, Sendable {
    /// The origin fails, or is healthy, and the request is in order.
    case response
    /// The request breaks a rule of HTTP.
    case request
  }

  public let name: String
  public let summary: String
  public let side: Side
  public let expected: Expectation
  /// Statuses beside the expected one that are as right.
  var statuses: Set<UInt16> = []
  let turns: [ProbeTurn]
  /// What the gateway has to speak to the origin.
  var transport = LabTransport.http1
  /// Whether the last turn is the one before it once more, to see whether bytes too many became its answer.
  var isRepeated = false
}

extension ScoreSubject {
  /// Everything that can be seen over TCP in plain HTTP/1.1.
  public static func all(authority: String) -> [ScoreSubject] {
    LabCatalogue.scenarios.map { ScoreSubject($0, authority: authority) }
      + MalformedRequest.all.map { ScoreSubject($0, authority: authority) }
  }

  /// - Parameter labels: one for each turn; empty: none is needed.
  init(_ scenario: Scenario, authority: String, labels: [String] = []) {
    let hint = scenario.request
    let expected = scenario.expected
    name = scenario.name
    summary = scenario.summary
    side = .response
    self.expected = expected
    transport = scenario.transport
    var turn = ProbeTurn(head: Self.head(scenario, authority: authority))
    turn.bodyBytes = hint.bodyBytes
    turn.waitsForContinue = hint.headers.contains { $0.name.lowercased() == "expect" }
    turn.isHead = hint.method == "HEAD"
    turn.pause = hint.pause
    if expected.cause == nil, expected.timing == .endless { turn.leavesAfter = 64 * 1024 }
    isRepeated = scenario.row == Self.excessRow && hint.requests == 1
    let count = isRepeated ? 2 : max(hint.requests, 1)
    turns = (0..<count).map { index in
      guard index < labels.count else { return turn }
      var labelled = turn
      labelled.head = Self.head(scenario, authority: authority, label: labels[index])
      return labelled
    }
  }

  /// The row of the failure catalogue for bytes behind a response.
  private static let excessRow = 41

  /// - Parameter label: stands in the query and in Referer, so that the lines of a log that tell either can be found.
  private static func head(_ scenario: Scenario, authority: String, label: String? = nil) -> [UInt8] {
    let hint = scenario.request
    // httpd asks an origin over TLS for the name that the client asked for.
    let host = scenario.transport.isTLS ? LabCertificates.name : authority
    let target = scenario.gatewayTarget
    let query = label.map { "\(target.contains("?") ? "&" : "?")label=\($0)" } ?? ""
    var text = "\(hint.method) \(target)\(query) HTTP/1.1\r\nHost: \(host)\r\n"
    if let label { text += "Referer: http://labels.lab.test/\(label)\r\n" }
    // A scenario that fails the first time only tells exchanges apart by it.
    text += "\(LabRequest.exchangeField): \(UInt64.random(in: 0 ... .max))\r\n"
    for field in hint.headers { text += "\(field.name): \(field.value)\r\n" }
    if hint.bodyBytes > 0 || hint.method == "POST" { text += "Content-Length: \(hint.bodyBytes)\r\n" }
    return Array((text + "\r\n").utf8)
  }

  init(_ request: MalformedRequest, authority: String) {
    name = request.name
    summary = request.summary
    side = .request
    let first = request.causes.first ?? .clientMalformed
    var expected = Expectation.fails(
      first, first.status, first.proxyErrorType, .client, or: Array(request.causes.dropFirst()),
      maySucceed: request.mayPass)
    expected.timing = .immediate
    self.expected = expected
    statuses = request.statuses
    turns = [ProbeTurn(head: request.bytes(authority))]
  }
}
