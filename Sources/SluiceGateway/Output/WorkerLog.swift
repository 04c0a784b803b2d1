public import SluiceCore
public import SluiceIncidents

/// One worker's access log: lines are gathered in a buffer on its loop and handed to the sink in blocks.
///
/// `flush` is called on a tick (every 100 ms), so that a quiet gateway's lines appear at once for a person who waits. A
/// full block is handed over before, and is written with others.
public struct WorkerLog {
  /// Bytes at which the buffer is handed over without a tick.
  public static let blockBytes = 32 << 10

  private let sink: LogSink?
  private var encoder: AccessLogEncoder
  private var buffer: [UInt8] = []
  private var lines = 0

  /// - Parameter sink: nil: the access log is off, and `write` does nothing.
  public init(sink: LogSink? = nil, query: QueryDetail = .names) {
    self.sink = sink
    encoder = AccessLogEncoder(query: query)
  }

  public var isOn: Bool { sink != nil }

  public mutating func write(
    _ record: ExchangeRecord, attempts: Span<AttemptRecord>, head: RawSpan, names: RecordNames
  ) {
    guard sink != nil else { return }
    if buffer.capacity == 0 { buffer.reserveCapacity(Self.blockBytes + 8192) }
    encoder.encode(record, attempts: attempts, head: head, names: names, into: &buffer)
    lines += 1
    if buffer.count >= Self.blockBytes { handOver(isUrgent: false) }
  }

  /// Has everything written that there is. Never waits; what the sink does not take it counts as dropped.
  public mutating func flush() {
    guard let sink else { return }
    if buffer.isEmpty { return sink.hurry() }
    if buffer.count >= Self.blockBytes / 2 { return handOver(isUrgent: true) }
    // The sink counts memory, and a few lines must not hold a whole buffer of it.
    sink.offer(Array(buffer.span), lines: lines)
    buffer.removeAll(keepingCapacity: true)
    lines = 0
  }

  private mutating func handOver(isUrgent: Bool) {
    guard let sink else { return }
    // Nothing else may hold the block when it is written, or its storage would be copied and not kept.
    var full: [UInt8] = []
    swap(&full, &buffer)
    buffer = sink.trade(full, lines: lines, isUrgent: isUrgent)
    lines = 0
  }
}

extension Array where Element == UInt8 {
  /// A copy of exactly the span's size.
  init(_ span: Span<UInt8>) {
    self = Array(capacity: span.count) { output in
      for index in span.indices { output.append(span[index]) }
    }
  }
}
