internal import SluiceCore

/// Something beside requests that a log told, once or several times within a short while.
struct SeenEvent: Equatable, Sendable {
  var product: LogProduct
  var event: LogEvent
  /// Unix time in milliseconds; nil: the line told none.
  var first: Int64?
  var last: Int64?
  var count = 1
  var sample: FailureRun.Sample

  init(_ entry: LogEntry, _ event: LogEvent) {
    product = entry.product
    self.event = event
    self.event.upstream = (event.upstream ?? entry.upstream).map(EndpointName.shortened)
    self.event.endpoint = (event.endpoint ?? entry.endpoint).map(EndpointName.shortened)
    self.event.cause = event.cause ?? entry.conclusion?.cause
    first = entry.time
    last = entry.time
    sample = FailureRun.Sample(place: entry.place, text: entry.text)
  }
}
