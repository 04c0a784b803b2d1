internal import SluiceIncidents

/// The tables of `docs/METRICS.md`, generated from the families so that they cannot differ from what is told.
enum MetricsReference {
  /// Stands in the document before and behind the tables.
  static let beginning = "<!-- Generated from the families in Sources/SluiceAdmin/Metrics: make docs -->"
  static let end = "<!-- End of what is generated -->"

  static func markdown() -> String {
    let sections: [(String, [MetricFamily])] = [
      ("Requests", MetricFamily.requests), ("Attempts", MetricFamily.attempts),
      ("Connections to endpoints", MetricFamily.pools), ("Limits and queues", MetricFamily.limits),
      ("Health", MetricFamily.endpoints), ("Clients' connections", MetricFamily.clients),
      ("Certificates", MetricFamily.certificates), ("Incidents and losses", MetricFamily.incidents),
      ("Alerts", MetricFamily.alerts), ("Traces", MetricFamily.spans), ("The gateway", MetricFamily.gateway),
      ("The process", MetricFamily.process),
    ]
    let tables = sections.map { title, families in
      (["### \(title)", "", "| Metric | Type | Labels | Meaning |", "| --- | --- | --- | --- |"] + families.map(row))
        .joined(separator: "\n")
    }
    return ([beginning] + tables + [buckets, end]).joined(separator: "\n\n")
  }

  private static func row(_ family: MetricFamily) -> String {
    let labels = family.labels.map { "`\($0)`" }.joined(separator: " ")
    return "| `\(family.name)` | \(family.kind.rawValue) | \(labels.isEmpty ? "–" : labels) | \(family.help) |"
  }

  private static var buckets: String {
    "Every histogram has the same bounds, in seconds: \(MetricsText.bounds.map { "`\($0)`" }.joined(separator: ", "))."
  }
}
