internal import SluiceDiagnosis
internal import SluiceIncidents

/// How often something happened in each minute as bars, with deploys and other changes as marks across them.
///
/// The drawing is stretched to the room that there is, so its texts stand beside it.
struct RateChart {
  /// Marks that are told below the drawing.
  private static let toldMax = 4
  private static let (width, height) = (600.0, 64.0)

  let rate: RateDocument
  /// Changes within the time, the latest first.
  let marks: [Change]

  /// - Parameter upstream: that the rate is of: changes of others are no marks. nil: all are.
  init(_ rate: RateDocument, changes: [Change], upstream: String?) {
    self.rate = rate
    let end = rate.start + rate.spanMs * Int64(rate.counts.count)
    marks = changes.filter { change in
      let concerns = change.upstream == nil || upstream == nil || change.upstream == upstream
      return concerns && change.time >= rate.start && change.time < end
    }
  }

  private var most: Int64 { max(rate.counts.max() ?? 0, 1) }
  private var minutes: Int64 { rate.spanMs * Int64(rate.counts.count) / 60_000 }

  func write(to page: inout HTMLWriter) {
    guard !rate.counts.isEmpty else { return }
    page.within("figure", "class=\"chart\"") { page in
      page.element("span", "class=\"most\"", "\(DashboardText.count(most)) per minute")
      page.raw("<svg viewBox=\"0 0 600 64\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"")
      page.text(description)
      page.raw("\">")
      bars(&page)
      for mark in marks {
        let place = Self.number(Double(mark.time - rate.start) / Double(rate.spanMs) * step)
        page.raw("<line class=\"mark\" x1=\"\(place)\" x2=\"\(place)\" y1=\"0\" y2=\"64\">")
        page.element("title", "", Self.told(mark))
        page.raw("</line>")
      }
      page.raw("<line class=\"axis\" x1=\"0\" x2=\"600\" y1=\"64\" y2=\"64\"/></svg>\n")
      page.raw("<div class=\"axis\" aria-hidden=\"true\">")
      for text in ["\(minutes) min ago", "\(minutes / 2) min", "now"] { page.element("span", "", text) }
      page.raw("</div>")
      legend(&page)
    }
  }

  private var step: Double { Self.width / Double(rate.counts.count) }

  private var description: String {
    let total = rate.counts.reduce(0, +)
    return "Incidents in each of the last \(minutes) minutes: \(DashboardText.count(total)) in all, "
      + "\(DashboardText.count(rate.counts.max() ?? 0)) in the busiest, \(DashboardText.count(rate.counts.last ?? 0)) "
      + "in the present one."
  }

  private func bars(_ page: inout HTMLWriter) {
    for (index, count) in rate.counts.enumerated() where count > 0 {
      // A single one among thousands is seen, too.
      let tall = max(Double(count) / Double(most) * (Self.height - 4), 2)
      let left = Self.number(Double(index) * step + 1)
      page.raw(
        "<rect x=\"\(left)\" y=\"\(Self.number(Self.height - tall))\" width=\"\(Self.number(step - 2))\" "
          + "height=\"\(Self.number(tall))\"/>")
    }
  }

  private func legend(_ page: inout HTMLWriter) {
    guard !marks.isEmpty else { return }
    page.within("figcaption") { page in
      page.within("ul", "class=\"marks\"") { page in
        for mark in marks.prefix(Self.toldMax) { page.element("li", "", Self.told(mark)) }
        if marks.count > Self.toldMax { page.element("li", "", "and \(marks.count - Self.toldMax) more") }
      }
    }
  }

  private static func told(_ change: Change) -> String {
    let kind = change.kind == .start ? "" : "\(change.kind.short): "
    return "\(DashboardText.clock(change.time)) \(kind)\(change.text)"
  }

  /// To a tenth.
  private static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
