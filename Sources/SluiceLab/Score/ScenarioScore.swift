/// How a gateway did in one scenario.
public struct ScenarioScore: Sendable {
  public let name: String
  public let summary: String
  public let side: ScoreSubject.Side
  /// What is right, in a few words.
  public let expected: String
  /// What came, in a few words.
  public let seen: String
  /// The status; nil where no response came.
  public let seenStatus: UInt16?
  /// `error` of the last Proxy-Status member.
  public let seenType: String?
  /// `details` of the last Proxy-Status member.
  public let seenCause: String?
  public var status = Mark.notJudged
  public var type = Mark.notJudged
  public var cause = Mark.notJudged
  public var who = Mark.notJudged
  /// What reached the client that is not HTTP, or not whole and looks whole.
  public var leak: String?
  /// How the client was left without an answer.
  public var silence: String?
  /// Why it could not be judged.
  public var skipped: String?

  public var isRight: Bool {
    ![status, type, cause, who].contains(.wrong) && leak == nil && silence == nil
  }

  /// What is wrong, in a few words each.
  public var complaints: [String] {
    var all: [String] = []
    if let leak { all.append("leak: \(leak)") }
    if let silence { all.append("silent: \(silence)") }
    if status == .wrong, silence == nil { all.append("status") }
    if type == .wrong { all.append("type") }
    if cause == .wrong { all.append("cause") }
    if who == .wrong { all.append("who") }
    return all
  }
}
