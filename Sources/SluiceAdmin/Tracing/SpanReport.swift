/// What the export of spans has to say of itself, for the gateway's log. A state is told when it begins and when it
/// ends.
public enum SpanReport: Equatable, Sendable {
  /// A try failed, and others follow; told once until one succeeds.
  case failing(DeliveryFailure, place: String)
  /// The collector refuses requests; told once until one succeeds.
  case refused(status: Int, place: String)
  /// The collector took a request, but not all of its spans; told once until it takes all.
  case rejected(spans: UInt64, message: String, place: String)
  /// It answered with 2xx and something that no collector says; told once until it does not.
  case notUnderstood(place: String)
  /// Too many spans wait; told once until a request succeeds.
  case dropping(place: String)
  /// Requests succeed again. So many spans were lost meanwhile.
  case working(lost: UInt64, place: String)
  /// So many spans were not exported when the process stopped or a reload removed the collector.
  case left(Int, place: String)

  /// Whether somebody has to act.
  public var isGood: Bool {
    switch self {
    case .working: true
    case .failing, .refused, .rejected, .notUnderstood, .dropping, .left: false
    }
  }
}

extension SpanReport: CustomStringConvertible {
  /// One sentence, without the path of the collector.
  public var description: String {
    switch self {
    case .failing(let failure, let place): "the export of spans to \(place) fails: \(failure); it is tried again"
    case .refused(let status, let place):
      "the collector at \(place) refuses spans with \(status); check 'endpoint' and 'headers' of 'tracing'"
    case .rejected(let spans, let message, let place):
      "the collector at \(place) rejected \(spans) spans" + (message.isEmpty ? "" : ": \(message)")
    case .notUnderstood(let place):
      "what answers at \(place) is no collector of OTLP, and spans are lost there; check 'endpoint' of 'tracing'"
    case .dropping(let place): "spans for \(place) are dropped: too many wait"
    case .working(let lost, let place): "spans are exported to \(place) again; \(lost) were lost"
    case .left(let count, let place): "\(count) spans for \(place) could not be exported"
    }
  }
}
