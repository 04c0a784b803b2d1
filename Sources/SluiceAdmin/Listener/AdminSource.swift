public import SluiceDiagnosis
public import SluiceIncidents

/// What the admin address knows of the gateway. It is passed in, so that it can be asked of anything.
public struct AdminSource: Sendable {
  /// Takes a change; false: it is known already. Must not wait.
  public var note: @Sendable (Change) -> Bool
  /// Changes of late, the latest first.
  public var changes: @Sendable () async -> [Change]
  /// Names of the upstreams that are configured now.
  public var upstreams: @Sendable () async -> [String]
  public var isDraining: @Sendable () async -> Bool
  /// Unix time in milliseconds.
  public var wallTime: @Sendable () -> Int64
  /// Everything that is counted and measured.
  public var metrics: @Sendable () async -> MetricsReading
  /// The gateway as a whole.
  public var status: @Sendable () async -> StatusDocument
  /// Upstreams and their endpoints, in the order of the configuration.
  public var upstreamStates: @Sendable () async -> [UpstreamDocument]
  /// Where incidents are kept; nil: they are not. Asked for each time; it may wait for a disk.
  public var store: @Sendable () throws(StoreError) -> IncidentReader?
  /// What went to an upstream since a time (Unix, milliseconds) within the last hour, in parts, the oldest first.
  public var traffic: @Sendable (_ upstream: String, _ since: Int64) -> [TrafficCount]
  /// Drains an endpoint of an upstream, or takes it back; how it stands then, for all workers. nil: there is none.
  public var setDraining: @Sendable (_ upstream: String, _ endpoint: String, Bool) async -> EndpointDocument?
  /// Examines the endpoints of an upstream, with logs and changes around a moment (Unix, milliseconds; nil: now).
  /// nil: there is none.
  public var examine: @Sendable (_ upstream: String, _ moment: Int64?) async -> DoctorAnswer?

  public init(
    note: @escaping @Sendable (Change) -> Bool, changes: @escaping @Sendable () async -> [Change],
    upstreams: @escaping @Sendable () async -> [String], isDraining: @escaping @Sendable () async -> Bool,
    wallTime: @escaping @Sendable () -> Int64,
    metrics: @escaping @Sendable () async -> MetricsReading = { MetricsReading() },
    status: @escaping @Sendable () async -> StatusDocument,
    upstreamStates: @escaping @Sendable () async -> [UpstreamDocument],
    store: @escaping @Sendable () throws(StoreError) -> IncidentReader?,
    traffic: @escaping @Sendable (_ upstream: String, _ since: Int64) -> [TrafficCount],
    setDraining: @escaping @Sendable (_ upstream: String, _ endpoint: String, Bool) async -> EndpointDocument?,
    examine: @escaping @Sendable (_ upstream: String, _ moment: Int64?) async -> DoctorAnswer?
  ) {
    self.note = note
    self.changes = changes
    self.upstreams = upstreams
    self.isDraining = isDraining
    self.wallTime = wallTime
    self.metrics = metrics
    self.status = status
    self.upstreamStates = upstreamStates
    self.store = store
    self.traffic = traffic
    self.setDraining = setDraining
    self.examine = examine
  }
}
