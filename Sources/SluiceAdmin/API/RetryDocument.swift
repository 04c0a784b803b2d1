/// How often an upstream's requests are repeated, and how often they may be.
public struct RetryDocument: Codable, Equatable, Sendable {
  /// Attempts of one exchange, the first included.
  public var attemptsMax: Int
  /// Share of the requests that may be repeated, 0...1.
  public var budget: Double
  /// Replays within `windowMs`, and how many are allowed in it.
  public var replays: Int
  public var replaysMax: Int
  public var windowMs: Int

  public init(attemptsMax: Int, budget: Double, replays: Int, replaysMax: Int, windowMs: Int) {
    self.attemptsMax = attemptsMax
    self.budget = budget
    self.replays = replays
    self.replaysMax = replaysMax
    self.windowMs = windowMs
  }
}
