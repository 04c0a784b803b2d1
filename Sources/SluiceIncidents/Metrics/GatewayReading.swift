/// Everything that is counted and measured in a gateway at one moment: of one worker, or of all of them and the
/// process.
///
/// Counts begin with the process and never fall; what is removed by a reload stays until its place is needed.
public struct GatewayReading: Sendable {
  // MARK: Of workers

  public var routes: [RouteName: RouteCounts] = [:]
  public var upstreams: [String: UpstreamCounts] = [:]
  public var endpoints: [EndpointName: EndpointCounts] = [:]
  /// Clients' connections that are open, by the listener's address.
  public var listeners: [String: Int] = [:]
  public var connectionsAccepted: UInt64 = 0
  public var exchangesActive = 0
  public var handshakesTLS12: UInt64 = 0
  public var handshakesTLS13: UInt64 = 0
  /// Connections that ended before they could carry a request, by the reason's identifier.
  public var openingFailures: [String: UInt64] = [:]
  public var http2Faults: UInt64 = 0
  /// Bytes beyond the declared end of a response.
  public var excessBytes: UInt64 = 0
  /// Incidents by kind, whether or not they are kept.
  public var incidentsFailed: UInt64 = 0
  public var incidentsApplication: UInt64 = 0
  public var incidentsAbsorbed: UInt64 = 0
  /// Names that share a series with others because there are too many.
  public var routesLeftOut = 0
  public var upstreamsLeftOut = 0
  public var endpointsLeftOut = 0

  // MARK: Of the process

  public var loads: [UpstreamLoadReading] = []
  public var standings: [EndpointName: EndpointReading] = [:]
  public var certificates: [CertificateReading] = []
  public var certificatesLeftOut = 0
  public var queues: [QueueReading] = []
  /// nil: incidents are not kept.
  public var problemsOpen: Int?
  public var reloads = ReloadReading()
  public var isDraining = false
  public var workers = 0

  public init() {}

  /// Adds another worker's; what is the process's stays.
  public mutating func add(_ other: GatewayReading) {
    for (name, counts) in other.routes { routes[name, default: RouteCounts()].add(counts) }
    for (name, counts) in other.upstreams { upstreams[name, default: UpstreamCounts()].add(counts) }
    for (name, counts) in other.endpoints { endpoints[name, default: EndpointCounts()].add(counts) }
    listeners.merge(other.listeners, uniquingKeysWith: +)
    connectionsAccepted += other.connectionsAccepted
    exchangesActive += other.exchangesActive
    handshakesTLS12 += other.handshakesTLS12
    handshakesTLS13 += other.handshakesTLS13
    openingFailures.merge(other.openingFailures, uniquingKeysWith: +)
    http2Faults += other.http2Faults
    excessBytes += other.excessBytes
    incidentsFailed += other.incidentsFailed
    incidentsApplication += other.incidentsApplication
    incidentsAbsorbed += other.incidentsAbsorbed
    // Each worker knows the same names.
    routesLeftOut = max(routesLeftOut, other.routesLeftOut)
    upstreamsLeftOut = max(upstreamsLeftOut, other.upstreamsLeftOut)
    endpointsLeftOut = max(endpointsLeftOut, other.endpointsLeftOut)
  }
}
