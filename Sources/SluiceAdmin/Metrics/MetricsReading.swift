public import SluiceIncidents

/// Everything that the metrics tell, at one moment.
public struct MetricsReading: Sendable {
  public var gateway = GatewayReading()
  /// Of each webhook, by its place.
  public var alerts: [(place: String, counters: AlertCounters)] = []
  public var spans = SpanCounters()
  /// nil: the system does not say.
  public var process: ProcessReading?
  /// Of the program.
  public var version = ""
  /// Queues beside the gateway's own.
  public var queues: [QueueReading] = []

  public init() {}
}
