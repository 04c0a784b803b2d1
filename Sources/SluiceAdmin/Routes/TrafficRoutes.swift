internal import SluiceIncidents

/// What went through the gateway.
enum TrafficRoutes {
  /// Milliseconds: a minute, five minutes, an hour.
  static let spans: [Int64] = [60_000, 300_000, 3_600_000]

  static func routes(_ source: AdminSource, _ pulse: AdminPulse) -> [AdminRoute] {
    [
      AdminRoute(
        "GET", "/api/v1/traffic", parameters: [],
        operation: AdminOperation(
          "getTraffic", "Requests by status, cause and latency over the last minute, five minutes and hour.",
          [.json(200, TrafficDocument.self, "What was counted.")])
      ) { _ in .json(200, await document(source, pulse)) }
    ]
  }

  static func document(_ source: AdminSource, _ pulse: AdminPulse) async -> TrafficDocument {
    let now = source.wallTime()
    let startedAt = await source.status().startedAt
    func window(_ counts: [TrafficCount], _ span: Int64) -> TrafficWindow {
      TrafficWindow(counts.filter { $0.time >= now - span }, spanMs: span, at: now, since: startedAt)
    }
    let names = await source.upstreams()
    let longest = spans.max() ?? 0
    let counts = names.map { source.traffic($0, now - longest) }
    let all = counts.flatMap { $0 }.sorted { $0.time < $1.time }
    let changes = await pulse.changes(over: spans)
    return TrafficDocument(
      time: now,
      windows: zip(spans, changes).map { span, change in
        TrafficSummary(
          upstreams: window(all, span), countedMs: change.spanMs, statuses: change.statuses,
          causes: change.causes)
      },
      upstreams: zip(names, counts).map { name, counts in
        UpstreamTraffic(upstream: name, windows: spans.map { window(counts, $0) })
      },
      parts: Dictionary(grouping: all, by: \.time).sorted { $0.key < $1.key }.compactMap { TrafficPart($0.value) })
  }
}
