internal import SluiceCore
internal import SluiceIncidents

/// Spans that travel together. They are kept until the collector has them, refuses them, or their time is over.
struct SpanBatch: Sendable {
  var blocks: [SpanBlock]
  var spans: Int
  /// Memory of the blocks.
  var bytes: Int
  /// When it was tried first.
  var since: Instant
  var failedTries = 0
  /// nil: on its way.
  var nextTry: Instant?
}
