/// The event `dropped`: the reader was too slow.
public struct DroppedNotice: Codable, Equatable, Sendable {
  /// That were left out.
  public var events: Int
}
