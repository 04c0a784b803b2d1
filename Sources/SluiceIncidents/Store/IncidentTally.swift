/// What the store holds of a status, or of some causes.
public struct IncidentTally: Equatable, Sendable {
  /// Upstreams that are told at most.
  public static let placesMax = 8

  public struct Place: Equatable, Sendable {
    /// nil: no upstream was chosen.
    public var upstream: String?
    public var kept: Int64
    /// Of these, the ones that no client noticed.
    public var absorbed: Int64

    public init(upstream: String?, kept: Int64, absorbed: Int64) {
      self.upstream = upstream
      self.kept = kept
      self.absorbed = absorbed
    }
  }

  public struct Last: Equatable, Sendable {
    public var id: String
    /// Unix time in milliseconds.
    public var time: Int64
    public var status: Int
    public var cause: String
    public var upstream: String?
    public var endpoint: String?

    public init(id: String, time: Int64, status: Int, cause: String, upstream: String?, endpoint: String?) {
      self.id = id
      self.time = time
      self.status = status
      self.cause = cause
      self.upstream = upstream
      self.endpoint = endpoint
    }
  }

  /// Incidents that are kept, by upstream, the most first. Of very many only a part is kept.
  public var places: [Place] = []
  /// nil: none is kept.
  public var last: Last?
  /// Problems that go on.
  public var ongoing = 0

  public init() {}
}
