/// The two texts in which metrics are told.
enum MetricsFormat: Sendable, CaseIterable {
  /// Prometheus text format 0.0.4.
  case prometheus
  /// OpenMetrics 1.0.
  case openMetrics

  var contentType: String {
    switch self {
    case .prometheus: "text/plain; version=0.0.4; charset=utf-8"
    case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
    }
  }

  /// What the client likes best; where it likes neither, or nothing is said, it gets Prometheus' own.
  ///
  /// - Parameter accept: the field's value (RFC 9110 section 12.5.1).
  init(accept: String?) {
    var weights: [MetricsFormat: Double] = [:]
    for range in (accept ?? "").lowercased().split(separator: ",") {
      let parts = range.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
      guard let type = parts.first else { continue }
      let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
      let version = parts.dropFirst().first { $0.hasPrefix("version=") }.map { String($0.dropFirst(8)) }
      switch type {
      case "application/openmetrics-text" where ["1.0.0", "\"1.0.0\"", nil].contains(version):
        weights[.openMetrics] = max(weights[.openMetrics] ?? 0, weight)
      case "text/plain", "text/*", "*/*":
        weights[.prometheus] = max(weights[.prometheus] ?? 0, weight)
      default: break
      }
    }
    let openMetrics = weights[.openMetrics] ?? 0
    self = openMetrics > 0 && openMetrics >= weights[.prometheus] ?? 0 ? .openMetrics : .prometheus
  }
}
