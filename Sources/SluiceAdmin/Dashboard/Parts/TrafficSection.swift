internal import SluiceDiagnosis
internal import SluiceIncidents

/// What went where in the last minute: how it ended, how long it took, and what failed.
struct TrafficSection {
  /// Statuses and causes that are told, the most frequent.
  private static let toldMax = 8

  let overview: Overview
  let guide: GuideLink

  init(_ overview: Overview, guide: GuideLink) { (self.overview, self.guide) = (overview, guide) }

  /// How exchanges ended.
  private struct Share {
    var name: String
    var kind: String
    var count: Int
  }

  private var shares: [Share] {
    let windows = overview.upstreams.map(\.lastMinute)
    let gateway = windows.reduce(0) { $0 + $1.gatewayFailures }
    let application = windows.reduce(0) { $0 + $1.applicationFailures }
    let all = windows.reduce(0) { $0 + $1.requests }
    return [
      Share(name: "answered", kind: "good", count: max(all - gateway - application, 0)),
      Share(name: "the application's own 5xx", kind: "warning", count: application),
      Share(name: "failed on the way, or cut", kind: "bad", count: gateway),
    ]
  }

  func write(to page: inout HTMLWriter) {
    page.element("h2", "id=\"traffic-title\"", "Traffic of the last minute")
    outcomes(&page)
    if let minute = overview.traffic.windows.first {
      page.within("div", "class=\"columns tight\"") { page in
        table(minute.statuses, "Status", "By status", &page) { guide.status(Int($0) ?? 0) }
        table(minute.causes, "Cause", "By cause", &page) { guide.cause($0) }
      }
    }
    page.element("h3", "", "Time to the head of the response")
    DataTable(
      caption: "Requests and latencies of the last minute by upstream",
      columns: [
        .init("Upstream"), .init("Requests", isNumber: true), .init("p50", isNumber: true),
        .init("p90", isNumber: true), .init("p99", isNumber: true),
      ],
      rows: overview.upstreams.map { upstream in
        let latency = upstream.lastMinute.latency
        return [.text(upstream.name), .text(DashboardText.count(upstream.lastMinute.requests))]
          + [latency.p50, latency.p90, latency.p99].map { .text(DashboardText.latency($0)) }
      }
    ).write(to: &page)
  }

  private func outcomes(_ page: inout HTMLWriter) {
    let (shares, width) = (shares, 600.0)
    let all = shares.reduce(0) { $0 + $1.count }
    guard all > 0 else { return page.element("p", "class=\"quiet\"", "No request ended in the last minute.") }
    page.within("figure", "class=\"shares\"") { page in
      page.raw("<svg viewBox=\"0 0 600 12\" preserveAspectRatio=\"none\" aria-hidden=\"true\">")
      var left = 0.0
      for share in shares where share.count > 0 {
        // One among thousands is seen, too.
        let wide = max(Double(share.count) / Double(all) * width, 4)
        page.raw("<rect class=\"\(share.kind)\" x=\"\(Int(left))\" y=\"0\" width=\"\(Int(wide))\" height=\"12\"/>")
        left += wide
      }
      page.raw("</svg>\n")
      page.within("figcaption") { page in
        page.within("ul", "class=\"legend\"") { page in
          for share in shares {
            page.within("li", "class=\"\(share.kind)\"") { page in
              page.element("strong", "", DashboardText.count(share.count))
              page.text(" \(share.name), \(DashboardText.percent(share.count, of: all))")
            }
          }
        }
      }
    }
  }

  /// - Parameter target: where a name leads; nil: nowhere.
  private func table(
    _ counts: [String: UInt64], _ column: String, _ title: String, _ page: inout HTMLWriter,
    target: @escaping (String) -> String?
  ) {
    page.within("div") { page in
      page.element("h3", "", title)
      guard !counts.isEmpty else { return page.element("p", "class=\"quiet\"", "None.") }
      let ordered = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      DataTable(
        caption: "\(title), last minute",
        columns: [.init(column), .init("Exchanges", isNumber: true)],
        rows: ordered.prefix(Self.toldMax).map { name, count in
          [
            .written { page in
              if let path = target(name) { page.link(path, name) } else { page.text(name) }
            }, .text(DashboardText.count(count)),
          ]
        }, kind: "short"
      ).write(to: &page)
    }
  }
}
