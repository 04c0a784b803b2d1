internal import SluiceCore
internal import SluiceDiagnosis
internal import SluiceIncidents

/// Decides which endpoints a gateway looks at by itself when a problem begins.
///
/// A storm of problems must not become a storm of looks: an endpoint is looked at once a minute at most, and a few at a
/// time. What comes while there is no room is not looked at; its incidents find the look of the same minute.
struct LookSchedule {
  /// Between two looks at the same endpoint: 1 minute, in milliseconds.
  static let pause: Int64 = 60_000
  /// Looks at the same time.
  static let runningMax = 4
  /// Endpoints of an upstream that are looked at where a problem concerns all of them.
  static let endpointsMax = 4
  /// Endpoints that are remembered.
  static let rememberedMax = 1_024

  enum Decision: Equatable {
    case look
    /// It was looked at less than a minute ago.
    case tooSoon
    case tooMany
    /// What the gateway observed has nothing to do with an endpoint.
    case pointless
  }

  private struct Place: Hashable {
    var upstream: String
    var endpoint: String
  }

  private var lastAt: [Place: Int64] = [:]
  private(set) var running = 0

  /// Asks whether to look; `look` must be followed by `ended()`.
  ///
  /// - Parameter now: Unix time in milliseconds.
  mutating func begin(_ problem: ProblemKey, upstream: String, endpoint: String, at now: Int64) -> Decision {
    guard Self.isWorthALook(problem) else { return .pointless }
    let place = Place(upstream: upstream, endpoint: endpoint)
    if let last = lastAt[place], now >= last, now - last < Self.pause { return .tooSoon }
    guard running < Self.runningMax else { return .tooMany }
    if lastAt.count >= Self.rememberedMax { lastAt = lastAt.filter { now - $0.value < Self.pause } }
    guard lastAt.count < Self.rememberedMax else { return .tooMany }
    lastAt[place] = now
    running += 1
    return .look
  }

  mutating func ended() { running -= 1 }

  /// Whether something at an endpoint can bring about what was observed.
  private static func isWorthALook(_ problem: ProblemKey) -> Bool {
    guard problem.upstream != nil else { return false }
    return Cause.allCases.first { $0.identifier == problem.cause }?.concernsEndpoint ?? false
  }
}
