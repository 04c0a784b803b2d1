public import SluiceIncidents

/// How one upstream does, over all workers.
public struct UpstreamDocument: Codable, Equatable, Sendable {
  public var name: String
  /// How endpoints are chosen: `roundRobin`, `leastRequest`, `peakEWMA`, `random`, `consistentHash` or `sticky`.
  public var balance: String
  /// `auto`, `http1` or `http2`.
  public var protocolChoice: String
  /// No endpoint is available, and all that do not drain are used.
  public var isPanicMode: Bool
  /// Endpoints that are given requests.
  public var available: Int
  public var endpoints: [EndpointDocument]
  /// Requests, queue and connections, and how many may be.
  public var load: UpstreamLoad
  public var retry: RetryDocument
  /// What went there in the last minute, as far as it is counted: in parts of ten seconds that are over.
  public var lastMinute: TrafficWindow

  private enum CodingKeys: String, CodingKey {
    case name, balance, available, endpoints, load, retry, lastMinute
    case protocolChoice = "protocol"
    case isPanicMode = "panic"
  }

  /// Whether all endpoints that are given requests fail.
  public var isFailing: Bool { available > 0 && endpoints.allSatisfy { !$0.state.isAvailable || $0.isFailing } }

  public init(
    name: String, balance: String, protocolChoice: String, isPanicMode: Bool, endpoints: [EndpointDocument],
    load: UpstreamLoad, retry: RetryDocument, lastMinute: TrafficWindow
  ) {
    self.name = name
    self.balance = balance
    self.protocolChoice = protocolChoice
    self.isPanicMode = isPanicMode
    available = endpoints.count { $0.state.isAvailable }
    self.endpoints = endpoints
    self.load = load
    self.retry = retry
    self.lastMinute = lastMinute
  }
}
