/// What somebody who has just met a failure wants to know: what, who, why, how to find out, what to do.
///
/// Each list has the most important first, so that a low screen can leave out its end.
public struct GuideBrief: Equatable, Sendable, Encodable {
  public let what: String
  public let who: String
  public let why: [String]
  public let steps: [GuideStep]
  public let remedies: [String]

  init(what: String, who: String, why: [String], steps: [GuideStep], remedies: [String]) {
    self.what = what
    self.who = who
    self.why = why
    self.steps = steps
    self.remedies = remedies
  }
}
