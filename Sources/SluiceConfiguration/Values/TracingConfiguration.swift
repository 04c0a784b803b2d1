public import SluiceCore

/// Where spans are exported to, and which.
public struct TracingConfiguration: Sendable, Hashable {
  /// Takes OTLP over HTTP as protobuf.
  public var endpoint: WebhookURL
  /// Share of the traces that begin here, and of those of clients that are not believed; 0...1. Default 1 %.
  public var sample: Double
  /// Exchanges that are incidents are exported though they were not sampled. Default true.
  public var failures: Bool
  /// What becomes of the trace of a client that is not among the trusted proxies. Default `goesOn`.
  public var untrusted: TracePolicy.Untrusted
  /// `service.name` of the spans.
  public var service: String
  /// Sent with each export, such as a token.
  public var headers: [AlertConfiguration.Header]
}
