/// How an endpoint stands, and what became of it since the start.
public struct EndpointReading: Equatable, Sendable {
  /// As in `Standing.identifier`.
  public var standing: String
  /// How often it was left out, by the reason: a cause, `success_rate`, `probe_failed` or `checks_failed`.
  public var ejections: [String: UInt64] = [:]
  public var checksPassed: UInt64 = 0
  public var checksFailed: UInt64 = 0
  /// Those that said nothing, for a reason of ours.
  public var checksInconclusive: UInt64 = 0

  public init(standing: String) { self.standing = standing }
}
