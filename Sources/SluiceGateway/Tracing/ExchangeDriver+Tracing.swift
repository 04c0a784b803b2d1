internal import SluiceCore
internal import SluiceIncidents
internal import SluiceWire

// The exchange's place in a trace (W3C Trace Context), and what its requests say of it. Where tracing is not configured
// `trace` stays empty, and the client's fields are passed on like all others.

extension ExchangeDriver {
  private static let traceParent = KnownFieldSet(.traceparent)
  private static let traceFields = KnownFieldSet(.traceparent, .tracestate)

  /// Before the first attempt, and at the record at the latest: a request whose head could not be read has a span too.
  func joinTrace(_ tracing: GatewayTracing) {
    let block = block
    let parent = record.traceParent.isEmpty ? nil : TraceParent(block.span.bytes.extracting(record.traceParent.offsets))
    trace = tracing.policy.context(
      of: parent, isTrusted: client.isTrustedProxy,
      fresh: TraceID(high: worker.nextRandom(), low: worker.nextRandom()), span: worker.nextRandom(),
      chance: record.id.low)
    record.trace = trace.trace
  }

  /// What of the client's trace context does not go on. The state belongs to the trace that it came with.
  var droppedTraceFields: KnownFieldSet {
    guard !trace.isNone else { return [] }
    return trace.continues ? Self.traceParent : Self.traceFields
  }

  /// The line of an attempt's own span, unless the route has an opinion on it: at most `TraceParent.textLength` bytes
  /// beside the name.
  func appendTraceParent(_ edits: CompiledEdits?, to output: inout OutputRawSpan) {
    guard !trace.isNone, edits?.dropping.contains(.traceparent) != true else { return }
    output.appendLiteral("traceparent: ")
    trace.traceParent(ofAttempt: attempts.count - 1).append(to: &output)
    output.appendLiteral("\r\n")
  }

  /// All values of `tracestate` as one list; empty where it is longer than a span repeats.
  var traceState: [UInt8] {
    guard trace.continues, head.seen.contains(.tracestate) else { return [] }
    let block = block
    var list: [UInt8] = []
    for field in head.fields where field.known == .tracestate && !field.value.isEmpty {
      guard list.count + field.value.count < SpanEncoder.traceStateBytesMax else { return [] }
      if !list.isEmpty { list.append(0x2C) }
      list.append(block.span.bytes, field.value)
    }
    // Others are not allowed, and no text of a span may hold them.
    return list.allSatisfy { 0x20..<0x7F ~= $0 } ? list : []
  }
}
