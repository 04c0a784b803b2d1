internal import SluiceIncidents

/// One worker's spans: gathered in a buffer on its loop and handed to the exporter in blocks, as lines are to the
/// access log.
struct WorkerSpans {
  /// Bytes at which the buffer is handed over without a tick.
  static let blockBytes = 32 << 10

  private let export: @Sendable (SpanBlock) -> Void
  private var encoder = SpanEncoder()
  private var block = SpanBlock()
  private var late = LateBudget()

  /// - Parameter export: takes a block and never waits.
  init(_ export: @escaping @Sendable (SpanBlock) -> Void) { self.export = export }

  /// An exchange that has ended and is sampled, or an incident that is exported all the same.
  mutating func take(_ driver: ExchangeDriver, _ tracing: GatewayTracing) {
    let isIncident = driver.incidentKind != nil
    let isLate = !driver.trace.isSampled
    if isLate {
      guard isIncident, tracing.exportsFailures else { return }
      guard late.take(at: driver.now) else {
        block.leftOut += 1
        return
      }
    }
    let (attempts, head) = (driver.attempts, driver.block)
    let place = SpanEncoder.Place(
      context: driver.trace, traceState: driver.traceState, isLate: isLate, isIncident: isIncident)
    if block.bytes.capacity == 0 { block.bytes.reserveCapacity(Self.blockBytes + 8192) }
    block.spans += encoder.encode(
      driver.record, place, attempts: attempts.span, head: head.span.bytes, names: tracing.names, into: &block.bytes)
    if block.bytes.count >= Self.blockBytes { flush() }
  }

  /// Hands over what there is. Never waits.
  mutating func flush() {
    guard block.spans > 0 || block.leftOut > 0 else { return }
    // The exporter counts memory, and a few spans must not hold a whole buffer of it.
    if block.bytes.count < Self.blockBytes / 2 {
      export(SpanBlock(bytes: Array(block.bytes.span), spans: block.spans, leftOut: block.leftOut))
      block.bytes.removeAll(keepingCapacity: true)
      (block.spans, block.leftOut) = (0, 0)
    } else {
      export(block)
      block = SpanBlock()
    }
  }
}
