internal import SluiceCore

/// So many lines a second of one kind, then a count: what a peer brings about must not fill a log.
struct LineBudget {
  /// Lines in a second.
  static let linesPerSecondMax = 5

  private var startedAt = Instant.never
  private var written = 0
  private var held = 0

  /// Asks whether to write a line.
  ///
  /// - Returns: how many were held back since the last one that was written; nil: hold this one back too.
  mutating func take(at now: Instant) -> Int? {
    var before = 0
    if startedAt == .never || now - startedAt >= .seconds(1) {
      before = held
      (startedAt, written, held) = (now, 0, 0)
    }
    guard written < Self.linesPerSecondMax else {
      held += 1
      return nil
    }
    written += 1
    return before
  }
}
