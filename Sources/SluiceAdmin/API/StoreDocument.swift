/// Where incidents are kept, and how that goes.
public struct StoreDocument: Codable, Equatable, Sendable {
  public enum State: String, Codable, CaseIterable, Sendable {
    case working
    /// Nothing can be stored since `failingSince`; the gateway's log says why.
    case failing
    /// The configuration says `incidents: { store: off }`.
    case off
  }

  public var state: State
  public var path: String?
  /// Unix time in milliseconds.
  public var failingSince: Int64?
  /// What it holds; nil: it could not be read.
  public var incidents: Int?
  public var problems: Int?
  /// Of these, the ones that go on.
  public var ongoing: Int?
  /// Of the file and its log, and how many may be.
  public var bytes: Int?
  public var bytesMax: Int?
  /// Unix times in milliseconds of the incidents that were stored first and last.
  public var oldest: Int64?
  public var newest: Int64?
  /// Incidents stored since the start.
  public var storedTotal: UInt64
  /// Memory of incidents that wait to be stored.
  public var queuedBytes: Int

  public init(state: State, path: String?) {
    self.state = state
    self.path = path
    storedTotal = 0
    queuedBytes = 0
  }
}
