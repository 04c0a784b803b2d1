internal import SluiceIncidents

/// One value of a metric, or one histogram.
struct MetricSample: Equatable, Sendable {
  enum Value: Equatable, Sendable {
    case count(UInt64)
    case number(Double)
    case histogram(DurationHistogram)
    /// How many times, and their sum in seconds.
    case summary(count: UInt64, seconds: Double)
  }

  /// An incident that the value has counted; OpenMetrics alone can tell it.
  struct Exemplar: Equatable, Sendable {
    var incident: String
    /// Unix time in milliseconds.
    var time: Int64
  }

  /// In the order of the family's labels.
  var labels: [String]
  var value: Value
  var exemplar: Exemplar?

  init(_ labels: [String] = [], _ value: Value, exemplar: Exemplar? = nil) {
    self.labels = labels
    self.value = value
    self.exemplar = exemplar
  }

  init(_ labels: [String] = [], _ count: UInt64) { self.init(labels, .count(count)) }

  init(_ labels: [String] = [], number: Double) { self.init(labels, .number(number)) }

  init(_ labels: [String] = [], _ count: Int) { self.init(labels, .count(UInt64(max(count, 0)))) }

  init(_ labels: [String] = [], _ isOn: Bool) { self.init(labels, .count(isOn ? 1 : 0)) }

  init(_ labels: [String] = [], _ histogram: DurationHistogram) { self.init(labels, .histogram(histogram)) }
}
