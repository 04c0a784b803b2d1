/// What went to an upstream or endpoint within some seconds.
public struct TrafficCount: Equatable, Sendable, Codable {
  /// When it begins, as Unix time in milliseconds.
  public var time: Int64
  /// Milliseconds that it lasts.
  public var span: Int64
  public var upstream: String
  /// As configured; nil: all endpoints together, counted by exchange, where an endpoint's are attempts.
  public var endpoint: String?
  /// Those that ended within the time. A client that left is none.
  public var requests: Int
  /// Of these, the ones that the gateway answered or cut because the endpoint could not.
  public var gatewayFailures: Int
  /// Of these, the application's own 5xx.
  public var applicationFailures: Int
  /// Times from the beginning of the last attempt to the head of its response.
  public var times: LatencyHistogram

  public var failures: Int { gatewayFailures + applicationFailures }
  /// When it is over, as Unix time in milliseconds.
  public var end: Int64 { time + span }

  public init(
    time: Int64, span: Int64, upstream: String, endpoint: String?, requests: Int, gatewayFailures: Int = 0,
    applicationFailures: Int = 0, times: LatencyHistogram = LatencyHistogram()
  ) {
    self.time = time
    self.span = span
    self.upstream = upstream
    self.endpoint = endpoint
    self.requests = requests
    self.gatewayFailures = gatewayFailures
    self.applicationFailures = applicationFailures
    self.times = times
  }

  public init(_ counter: TrafficCounter, time: Int64, span: Int64, upstream: String, endpoint: String?) {
    self.init(
      time: time, span: span, upstream: upstream, endpoint: endpoint, requests: Int(counter.requests),
      gatewayFailures: Int(counter.gatewayFailures), applicationFailures: Int(counter.applicationFailures),
      times: LatencyHistogram(counter))
  }
}
