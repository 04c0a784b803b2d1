/// One metric: its name, what it means, and where its values come from.
///
/// All are one table (`all`), which both texts, the reference in `docs/METRICS.md` and the tests of dashboard and alert
/// rules are made from. So nothing is told that is not described, and nothing is described that is not told.
struct MetricFamily: Sendable {
  enum Kind: String, Sendable {
    case counter, gauge, histogram, summary
    /// A gauge that is always 1, whose labels are what it tells.
    case info
  }

  /// As it is asked for; of a counter with `_total`.
  var name: String
  var kind: Kind
  var labels: [String]
  var help: String
  var samples: @Sendable (MetricsReading) -> [MetricSample]

  init(
    _ name: String, _ kind: Kind, _ labels: [String] = [], _ help: String,
    samples: @escaping @Sendable (MetricsReading) -> [MetricSample]
  ) {
    self.name = name
    self.kind = kind
    self.labels = labels
    self.help = help
    self.samples = samples
  }

  /// In the order in which they are told.
  static let all: [MetricFamily] =
    requests + attempts + pools + limits + endpoints + clients + certificates + incidents + alerts + spans + gateway
    + process

  /// The name without what its kind adds to it.
  var stem: String {
    switch kind {
    case .counter: String(name.dropLast("_total".count))
    case .info: String(name.dropLast("_info".count))
    case .gauge, .histogram, .summary: name
    }
  }

  /// `seconds` or `bytes`, where the name ends in one; nil: it counts things.
  var unit: String? { ["seconds", "bytes"].first { stem.hasSuffix("_" + $0) } }
}
