public import SluiceCore

/// What the page of an important status tells beside its quick reference.
public struct StatusStory: Equatable, Sendable {
  /// Who generates it.
  public let origin: [String]
  /// In a few words, for one screen.
  public let who: String
  /// The most frequent causes first, each with why, in a few words.
  public let causes: [(cause: Cause, words: String)]
  /// Reasons that are no causes of a gateway.
  public let otherReasons: [String]
  public let steps: [GuideStep]
  /// What helps whoever runs it.
  public let remedies: [String]
  /// What to tell a client or user.
  public let telling: [String]
  /// How clients should try again.
  public let retrying: [String]
  public let questions: [GuideQuestion]

  init(
    origin: [String], who: String, causes: [(Cause, String)] = [], otherReasons: [String] = [], steps: [GuideStep],
    remedies: [String], telling: [String], retrying: [String], questions: [GuideQuestion]
  ) {
    self.origin = origin
    self.who = who
    self.causes = causes.map { (cause: $0.0, words: $0.1) }
    self.otherReasons = otherReasons
    self.steps = steps
    self.remedies = remedies
    self.telling = telling
    self.retrying = retrying
    self.questions = questions
  }

  public static func == (left: StatusStory, right: StatusStory) -> Bool {
    left.who == right.who && left.origin == right.origin && left.steps == right.steps
  }

  /// The stories by code.
  public static let all: [Int: StatusStory] = [
    408: requestTimeout, 413: contentTooLarge, 421: misdirectedRequest, 425: tooEarly, 429: tooManyRequests,
    431: fieldsTooLarge, 499: clientClosed, 500: internalError, 501: notImplemented, 502: badGateway,
    503: unavailable, 504: gatewayTimeout, 505: versionNotSupported, 507: insufficientStorage, 508: loopDetected,
    511: networkAuthentication, 520: edgeUnknown, 521: edgeDown, 522: edgeConnectTimeout, 523: edgeUnreachable,
    524: edgeTimeout, 525: edgeHandshake, 526: edgeCertificate,
  ]
}
