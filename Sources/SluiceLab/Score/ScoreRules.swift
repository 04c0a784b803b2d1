internal import SluiceCore

/// What an answer is worth. Pure: the same answers give the same score.
///
/// Each question is judged on its own. A gateway that has no Proxy-Status gets its statuses judged as any other, and
/// nothing in the columns that it does not fill.
struct ScoreRules {
  /// What became of a request, whatever the status is.
  enum Outcome: Equatable {
    /// No byte of a final response, and the connection ended.
    case closed
    /// No final response before the time was over.
    case hung
    /// Bytes that cannot be read as a response.
    case garbage
    /// A response that the connection's end cut short.
    case cut
    /// A response that neither went on nor ended before the time was over.
    case stalled
    case whole
  }

  let subject: ScoreSubject
  let answers: [Answer]

  private var expected: Expectation { subject.expected }
  /// The one that shows the behaviour: the last, or the first of a repeated request; an earlier one that failed says it
  /// already.
  private var answer: Answer {
    (subject.isRepeated ? answers.first : answers.last) ?? Answer()
  }

  private var outcome: Outcome { Self.outcome(of: answer) }

  static func outcome(of answer: Answer) -> Outcome {
    if answer.status == nil {
      if answer.fault != nil { return .garbage }
      return answer.end == .timeLimit ? .hung : .closed
    }
    if answer.isWhole { return .whole }
    return answer.end == .fin || answer.end == .reset ? .cut : .stalled
  }

  func score() -> ScenarioScore {
    let member = ProxyStatusMember(answer.value("proxy-status"))
    var score = ScenarioScore(
      name: subject.name, summary: subject.summary, side: subject.side, expected: expectedText, seen: seenText,
      seenStatus: answer.status, seenType: member.parameters["error"], seenCause: member.parameters["details"])
    if let reason = reasonToSkip {
      score.skipped = reason
      return score
    }
    score.leak = leak
    score.silence = silence
    score.status = isStatusRight ? .right : .wrong
    judgeWords(member, &score)
    return score
  }

  /// Permissions are the kernel's to enforce, and it lets the superuser pass: then the scenario does not happen.
  private var reasonToSkip: String? {
    let unspoken = Array(GatewayKind.unspokenText.utf8)
    let isHead = subject.turns.last?.isHead == true && answer.value("content-length") == String(unspoken.count)
    if answer.status == 501, answer.body == unspoken || isHead {
      return "it speaks no \(subject.transport.words) to upstreams"
    }
    let isLetIn = answer.status == 200 && answer.body == Array("let in\n".utf8)
    return expected.cause == .unixSocketPermission && isLetIn ? "the gateway runs as the superuser" : nil
  }

  // MARK: Status

  private var isStatusRight: Bool {
    switch outcome {
    case .closed, .hung, .garbage: return false
    case .cut: return expected.cause != nil && expected.mayAbort
    case .stalled:
      return expected.cause == nil && expected.timing == .endless && answer.status == expected.status
    case .whole:
      guard let status = answer.status else { return false }
      if expected.cause == nil || expected.cause == .upstreamStatus { return status == expected.status }
      return failureStatuses.contains(status) || isRefusal(status) || isAllowedSuccess
    }
  }

  private var failureStatuses: Set<UInt16> {
    if subject.side == .request { return subject.statuses }
    var all = Set(expected.alternativeCauses.map(\.status))
    if let cause = expected.cause { all.insert(cause.status) }
    if let status = expected.status { all.insert(status) }
    return all
  }

  /// Any other status that tells the client that its request is wrong; not one that blames its path or its pace.
  private func isRefusal(_ status: UInt16) -> Bool {
    subject.side == .request && (400..<500).contains(status) && status != 404 && status != 408
  }

  private var isAllowedSuccess: Bool {
    guard expected.maySucceed, outcome == .whole, let status = answer.status else { return false }
    // Beyond 599 it is the origin's own, which no gateway makes.
    return (200..<300).contains(status) || status >= 600
  }

  // MARK: Type, cause and owner

  private func judgeWords(_ member: ProxyStatusMember, _ score: inout ScenarioScore) {
    if expected.cause == .upstreamStatus {
      // What the application said must not become the gateway's own words.
      if score.seenType != nil, member.name != "inner" { score.type = .wrong }
      return
    }
    guard expected.cause != nil, expected.status != nil, !isAllowedSuccess else { return }
    if outcome == .cut, expected.mayAbort { return }
    var types = expected.causes.compactMap { $0.proxyErrorType?.identifier }
    if let type = expected.proxyErrorType { types.append(type.identifier) }
    score.type = score.seenType.map(types.contains) == true ? .right : .wrong
    let causes = expected.causes.map(\.identifier)
    score.cause = score.seenCause.map(causes.contains) == true ? .right : .wrong
    guard let told = score.seenCause.flatMap({ Cause(identifier: $0) }) else { return }
    // Another cause that is as right brings its own owner.
    let isOther = told != expected.cause && expected.causes.contains(told)
    score.who = isOther || told.owner == expected.owner ? .right : .wrong
  }

  // MARK: Leaks and silence

  private var leak: String? {
    for answer in answers {
      if let fault = answer.fault { return fault }
      if answer.excess > 0 { return "\(answer.excess) bytes behind the response" }
    }
    if subject.isRepeated, answers.count > 1, answers[0] != answers[1] {
      return "the next request got another answer"
    }
    if subject.side == .request { return nil }
    return looksWhole
  }

  /// Causes after which no body is whole, an empty one included.
  private static let cutting: Set<Cause> = [.truncatedBody, .truncatedHeaders, .bodyIdleTimeout, .badChunk]

  /// Whether a response that cannot be whole, or is none at all, was passed on as if it were.
  private var looksWhole: String? {
    guard let cause = expected.cause, cause != .upstreamStatus, !isAllowedSuccess, outcome == .whole,
      let status = answer.status, (200..<400).contains(status)
    else { return nil }
    // Read with more tolerance than HTTP has, and passed on as it was meant: wrong, and no leak.
    if answer.body == Array("ok\n".utf8) { return nil }
    if Self.cutting.contains(cause) { return "a cut body as a whole one" }
    return answer.bodyCount > 0 ? "\(answer.bodyCount) bytes that are no response's body" : nil
  }

  private var silence: String? {
    switch outcome {
    case .closed:
      switch answer.end {
      case .unreachable: "no connection to the gateway"
      case .reset: "reset without a response"
      case .fin, .open, .timeLimit: "closed without a response"
      }
    case .hung: "no response in time"
    case .stalled where !isStatusRight: "neither an end nor a cut in time"
    case .garbage, .cut, .stalled, .whole: nil
    }
  }

  // MARK: Words

  private var expectedText: String {
    if subject.side == .request { return subject.statuses.sorted().map { String($0) }.joined(separator: "/") }
    return LabListing.expectation(expected)
  }

  private var seenText: String {
    switch outcome {
    case .closed: return answer.end == .reset ? "reset" : answer.end == .unreachable ? "unreachable" : "closed"
    case .hung: return "nothing"
    case .garbage: return "garbage"
    case .cut: return "\(answer.status ?? 0) cut"
    case .stalled: return expected.timing == .endless && isStatusRight ? "\(answer.status ?? 0)" : "stalled"
    case .whole: return "\(answer.status ?? 0)"
    }
  }
}
