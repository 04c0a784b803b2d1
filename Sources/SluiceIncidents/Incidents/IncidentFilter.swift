/// Which incidents or problems are wanted; nil is any.
public struct IncidentFilter: Equatable, Sendable {
  /// Unix time in milliseconds: at or after, and before.
  public var since: Int64?
  public var until: Int64?
  /// Identifiers of causes, any of them; empty is any.
  public var causes: [String] = []
  public var upstream: String?
  public var route: String?
  /// An exact status.
  public var status: UInt16?
  /// An identifier of `Owner`.
  public var who: String?
  public var kind: IncidentKind?
  /// The number of a problem.
  public var problem: Int64?

  public init() {}
}
