internal import SluiceCore

/// Decides what is sent to one receiver, and when. A value without a clock, randomness or a socket.
protocol DeliveryQueue: Sendable {
  /// What one try sends.
  associatedtype Item: Sendable
  associatedtype Report: Sendable

  /// After `stop`: nothing is left to try.
  var isDone: Bool { get }
  /// Given up: nothing is taken or sent any more.
  var isRetired: Bool { get }

  /// Says what to do.
  ///
  /// - Parameter wall: Unix time in milliseconds.
  mutating func next(
    at now: Instant, wall: Int64, using random: inout some RandomNumberGenerator
  ) -> DeliveryStep<Item>

  /// Takes what came of the try that `next` asked for.
  mutating func finished(
    _ outcome: DeliveryOutcome, at now: Instant, using random: inout some RandomNumberGenerator)

  /// What happened since the last call, to be told.
  mutating func takeReports() -> [Report]

  /// From now on nothing is taken, and what waits is tried once, at once.
  mutating func stop()

  /// Gives up: what is left is told and forgotten.
  mutating func retire()
}
