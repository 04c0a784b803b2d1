/// Spans on their way from a worker to the exporter.
public struct SpanBlock: Sendable {
  /// Fields `spans` of an `opentelemetry.proto.trace.v1.ScopeSpans`, one behind the other.
  public var bytes: [UInt8]
  public var spans: Int
  /// Exchanges that failed and were not sampled, and were more than are exported of these within a second.
  public var leftOut: Int

  public init(bytes: [UInt8] = [], spans: Int = 0, leftOut: Int = 0) {
    self.bytes = bytes
    self.spans = spans
    self.leftOut = leftOut
  }
}
