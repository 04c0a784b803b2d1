package import SluiceIncidents

/// The part of an attempt's time that one phase took.
package struct AttemptSpan: Equatable, Sendable {
  package var name: String
  /// Milliseconds since the exchange's start.
  package var start: Double
  /// Milliseconds.
  package var span: Double
  /// The attempt failed in this phase.
  package var isBroken: Bool

  package init(name: String, start: Double, span: Double, isBroken: Bool = false) {
    self.name = name
    self.start = start
    self.span = span
    self.isBroken = isBroken
  }

  /// The phases that were reached, in their order.
  ///
  /// The record's `firstByteMs` counts from the attempt's start, so the wait is what the phases before it leave. The
  /// phase in which an attempt failed has no time of its own where nothing ended it but the failure: it lasts to the
  /// attempt's end.
  ///
  /// - Parameter end: of the attempt, in milliseconds since the exchange's start: the next one's start, or the total.
  package static func all(of attempt: StoredAttempt, end: Double) -> [AttemptSpan] {
    let start = attempt.startMs ?? 0
    var cursor = start
    var spans: [AttemptSpan] = []
    let measured: [(String, Double?)] = [
      ("queue", attempt.queueMs), ("resolve", attempt.resolveMs), ("connect", attempt.connectMs),
      ("tls", attempt.tlsMs), ("send", attempt.sendMs),
    ]
    for case let (name, span?) in measured {
      spans.append(AttemptSpan(name: name, start: cursor, span: span))
      cursor += span
    }
    if let firstByte = attempt.firstByteMs {
      let wait = max(start + firstByte - cursor, 0)
      spans.append(AttemptSpan(name: "wait", start: cursor, span: wait))
      cursor += wait
      if let receive = attempt.receiveMs { spans.append(AttemptSpan(name: "receive", start: cursor, span: receive)) }
    } else if attempt.cause != nil, !spans.contains(where: { $0.name == attempt.phase }) {
      spans.append(AttemptSpan(name: attempt.phase, start: cursor, span: max(end - cursor, 0)))
    }
    if attempt.cause != nil, !spans.isEmpty { spans[spans.count - 1].isBroken = true }
    return spans
  }
}
