public import SluiceCore
internal import SluiceWire

/// Writes an exchange that has ended as spans of OTLP: one for itself, one for each of its attempts.
///
/// Names are those of OpenTelemetry's semantic conventions, and `sluice.…` where they have none. `docs/TRACING.md`
/// lists them. `url.full` is left out: the target as an endpoint got it may hold what nobody may keep.
public struct SpanEncoder: Sendable {
  /// Bytes of one text in a span; a longer one is cut.
  public static let textBytesMax = 1024
  /// Attempts that become spans: the first ones, as in the access log.
  public static let attemptsMax = AccessLogEncoder.attemptsMax
  /// Bytes of a `tracestate` that a span repeats. A longer one still goes upstream.
  public static let traceStateBytesMax = 512

  /// What is known of the exchange beside its record.
  public struct Place: Sendable {
    public var context: TraceContext
    /// The values of the client's `tracestate`, as one list.
    public var traceState: [UInt8]
    /// It is exported because it failed, or would have: its flag said otherwise.
    public var isLate: Bool
    /// It is an incident.
    public var isIncident: Bool

    public init(context: TraceContext, traceState: [UInt8] = [], isLate: Bool = false, isIncident: Bool = false) {
      self.context = context
      self.traceState = traceState
      self.isLate = isLate
      self.isIncident = isIncident
    }
  }

  /// The numbers of `opentelemetry.proto.trace.v1`.
  enum Field {
    /// Of `ScopeSpans`.
    static let spans: UInt64 = 2
    static let traceID: UInt64 = 1
    static let spanID: UInt64 = 2
    static let traceState: UInt64 = 3
    static let parentSpanID: UInt64 = 4
    static let name: UInt64 = 5
    static let kind: UInt64 = 6
    static let start: UInt64 = 7
    static let end: UInt64 = 8
    static let attributes: UInt64 = 9
    static let status: UInt64 = 15
    static let flags: UInt64 = 16
  }

  /// The numbers of `SpanKind`.
  private enum Kind: UInt64 {
    /// `SERVER`.
    case exchange = 2
    /// `CLIENT`.
    case attempt = 3
  }

  var span = ProtobufWriter()
  private var framed = ProtobufWriter()

  public init() {}

  /// Adds an exchange's spans.
  ///
  /// - Parameters:
  ///   - head: the block that the record's ranges point into.
  ///   - names: of the generation that the exchange was pinned to.
  ///   - bytes: grow by the spans, each as a field of `ScopeSpans`.
  /// - Returns: how many spans.
  public mutating func encode(
    _ record: ExchangeRecord, _ place: Place, attempts: Span<AttemptRecord>, head: RawSpan, names: SpanNames,
    into bytes: inout [UInt8]
  ) -> Int {
    let context = place.context
    let began = UInt64(clamping: record.wallTime) &* 1_000_000
    let ended = began &+ UInt64(clamping: record.total.nanoseconds)
    let method = SpanText(head, record.method, limit: 64)
    begin(.exchange, context.span, parent: context.parent, place, isRemote: context.continues, began, ended)
    writeName(method, record, names)
    write(record, place, method, attempts: attempts, head: head, names: names)
    finish(into: &bytes)
    let count = min(attempts.count, Self.attemptsMax)
    for index in 0..<count {
      let attempt = attempts[index]
      let start = began &+ UInt64(clamping: (attempt.startedAt - record.startedAt).nanoseconds)
      let length = attempt.endedAt == .never ? nil : (attempt.endedAt - attempt.startedAt).nanoseconds
      let end = length.map { start &+ UInt64(clamping: $0) } ?? max(ended, start)
      begin(.attempt, context.span(ofAttempt: index), parent: context.span, place, isRemote: false, start, end)
      span.bytes(Field.name, method.nameBytes)
      write(attempt, number: index, after: index > 0 ? attempts[index - 1] : nil, method, names: names)
      finish(into: &bytes)
    }
    return 1 + count
  }

  private mutating func begin(
    _ kind: Kind, _ id: UInt64, parent: UInt64, _ place: Place, isRemote: Bool, _ start: UInt64, _ end: UInt64
  ) {
    let context = place.context
    span.removeAll()
    span.identifier(Field.traceID, context.trace.high, context.trace.low)
    span.identifier(Field.spanID, id)
    if parent != 0 { span.identifier(Field.parentSpanID, parent) }
    if !place.traceState.isEmpty { span.bytes(Field.traceState, place.traceState) }
    span.number(Field.kind, kind.rawValue)
    span.fixed64(Field.start, start)
    span.fixed64(Field.end, end)
    // Bit 8: it is known whether the parent is another process's; bit 9: it is.
    span.fixed32(Field.flags, UInt32(context.flags.rawValue) | 0x100 | (isRemote ? 0x200 : 0))
  }

  private mutating func finish(into bytes: inout [UInt8]) {
    framed.removeAll()
    framed.message(Field.spans, span)
    bytes.append(contentsOf: framed.bytes)
  }

  /// `GET /v1`: the method and the route's path, of which there are few.
  private mutating func writeName(_ method: SpanText, _ record: ExchangeRecord, _ names: SpanNames) {
    var name = method.nameBytes
    if let route = names.route(record.route) {
      name.append(0x20)
      name.append(contentsOf: route.path)
    }
    span.bytes(Field.name, name)
  }

  // MARK: Attributes

  mutating func attribute(_ key: StaticString, _ text: some Collection<UInt8>) {
    if !text.isEmpty { span.attribute(Field.attributes, key, text: text) }
  }

  mutating func attribute(_ key: StaticString, _ text: StaticString) {
    span.attribute(Field.attributes, key, text: text)
  }

  mutating func attribute(_ key: StaticString, _ number: UInt64) {
    span.attribute(Field.attributes, key, number: number)
  }

  mutating func attribute(_ key: StaticString, isTrue value: Bool) {
    span.attribute(Field.attributes, key, isTrue: value)
  }

  /// - Parameter microseconds: negative: not known.
  mutating func attribute(_ key: StaticString, microseconds: Int32) {
    if microseconds >= 0 { span.attribute(Field.attributes, key, decimal: Double(microseconds) / 1000) }
  }

  mutating func writeMethod(_ method: SpanText) {
    attribute("http.request.method", method.isKnownMethod ? method.bytes : Array("_OTHER".utf8))
    if !method.isKnownMethod { attribute("http.request.method_original", method.bytes) }
  }

  /// `Status`, code 2: what was attempted failed.
  mutating func writeError(_ sentence: String?) {
    framed.removeAll()
    if let sentence { framed.bytes(2, sentence.utf8) }
    framed.number(3, 2)
    span.message(Field.status, framed)
  }
}
