internal import SluiceDiagnosis

/// Failures over time as bars, requests as a line behind them. Each has its own scale, failures at the left and
/// requests at the right: on one scale ten failures among thousands of requests would not be seen.
struct ChartDrawing {
  let chart: TimeChart
  let title: String

  private static let width = 960
  private static let height = 140
  /// Below the bars, for the times.
  private static let foot = 22
  private static let left = 56
  private static let right = 64
  /// Times below the bars at most.
  private static let ticksMax = 6
  /// Seconds between two times: whole minutes and hours are found at a glance.
  private static let roundSteps = [
    1, 2, 5, 10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
    2_592_000, 7_776_000,
  ]

  init(_ chart: TimeChart, title: String) {
    self.chart = chart
    self.title = title
  }

  func write(to page: inout HTMLWriter) {
    guard let most = chart.failures.max(), most > 0, !chart.failures.isEmpty else { return }
    page.raw(
      "<figure class=\"chart\" tabindex=\"0\"><svg viewBox=\"0 0 \(Self.width) \(Self.height + Self.foot)\" role=\"img\">"
    )
    page.element("title", "", "\(title): \(description(most))")
    if let requests = chart.requests { line(requests, to: &page) }
    bars(most, to: &page)
    axis(most, to: &page)
    page.raw("</svg>")
    page.element("figcaption", "", description(most))
    page.raw("</figure>\n")
  }

  private func description(_ most: Int) -> String {
    let slot = chart.slotSeconds % 60 == 0 ? "\(chart.slotSeconds / 60) min" : "\(chart.slotSeconds) s"
    let requests =
      chart.requests.flatMap { $0.max() }.map {
        "; the line is requests, at most \(Numbers.plain($0)), on the scale at the right"
      }
      ?? ""
    return "Failures in each \(slot), at most \(Numbers.plain(most))\(requests)"
  }

  private var step: Double { Double(Self.width - Self.left - Self.right) / Double(chart.failures.count) }

  private func bars(_ most: Int, to page: inout HTMLWriter) {
    for (index, count) in chart.failures.enumerated() where count > 0 {
      // A single failure among thousands is seen, too.
      let height = max(2, Double(count) / Double(most) * Double(Self.height - 8))
      let left = number(Double(Self.left) + Double(index) * step)
      let top = number(Double(Self.height) - height)
      let width = number(max(1, step - (step > 4 ? 1 : 0)))
      page.raw("<rect class=\"bar\" x=\"\(left)\" y=\"\(top)\" width=\"\(width)\" height=\"\(number(height))\"/>")
    }
  }

  private func line(_ requests: [Int], to page: inout HTMLWriter) {
    guard let most = requests.max(), most > 0 else { return }
    let points = requests.prefix(chart.failures.count).enumerated().map { index, count in
      let height = Double(count) / Double(most) * Double(Self.height - 8)
      return "\(number(Double(Self.left) + (Double(index) + 0.5) * step)),\(number(Double(Self.height) - height))"
    }
    page.raw("<polyline class=\"requests\" points=\"\(points.joined(separator: " "))\"/>")
    let place = "class=\"scale\" x=\"\(Self.width - Self.right + 6)\""
    page.element("text", "\(place) y=\"14\"", Numbers.plain(most))
    page.element("text", "\(place) y=\"\(Self.height)\"", "0")
  }

  private func axis(_ most: Int, to page: inout HTMLWriter) {
    page.raw(
      "<line class=\"axis\" x1=\"\(Self.left)\" y1=\"\(Self.height)\" x2=\"\(Self.width - Self.right)\" "
        + "y2=\"\(Self.height)\"/>"
    )
    page.element("text", "x=\"\(Self.left - 6)\" y=\"14\" text-anchor=\"end\"", Numbers.plain(most))
    page.element("text", "x=\"\(Self.left - 6)\" y=\"\(Self.height)\" text-anchor=\"end\"", "0")
    for seconds in ticks {
      let place = number(Double(Self.left) + Double(seconds) / Double(max(chart.slotSeconds, 1)) * step)
      page.element(
        "text", "x=\"\(place)\" y=\"\(Self.height + 16)\" text-anchor=\"middle\"",
        PageText.clock(chart.start, later: seconds))
    }
  }

  /// Seconds from the beginning to each round moment.
  var ticks: [Int] {
    let span = chart.failures.count * chart.slotSeconds
    guard span > 0, let begin = PageText.secondOfDay(chart.start),
      let each = Self.roundSteps.first(where: { span / $0 < Self.ticksMax })
    else { return [] }
    return Array(stride(from: (each - begin % each) % each, to: span, by: each))
  }

  private func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
