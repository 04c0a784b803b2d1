internal import SluiceCore
internal import SluiceDiagnosis
internal import SluiceIncidents

/// The attempts of an exchange, each with its phases as bars over the time of the whole.
struct AttemptLines {
  private static let (width, line) = (600.0, 16.0)

  let record: StoredRecord

  func write(to page: inout HTMLWriter) {
    let attempts = record.attempts ?? []
    if attempts.isEmpty {
      page.element("p", "", "No endpoint was tried; the exchange ended in its phase \(record.phase).")
    }
    page.within("ol", "class=\"attempts\"") { page in
      for index in attempts.indices {
        let attempt = attempts[index]
        let end = index + 1 < attempts.count ? attempts[index + 1].startMs ?? record.totalMs : record.totalMs
        page.within("li") { page in
          page.within("p") { page in
            Badge(attempt.cause ?? "no failure", attempt.cause == nil ? .good : .bad).write(to: &page)
            page.raw(" ")
            page.element("code", "", attempt.endpoint ?? "no endpoint")
          }
          page.element("p", "class=\"quiet\"", outcome(attempt))
          draw(AttemptSpan.all(of: attempt, end: end), to: &page)
        }
      }
    }
    guard let reason = record.notRetriedBecause else { return }
    let known = NotRetried.allCases.first { "\($0.identifier)" == reason }
    page.element("p", "", "Not tried again: \(known.map { "\($0.sentence) " } ?? "")(\(reason)).")
  }

  private func outcome(_ attempt: StoredAttempt) -> String {
    var parts: [String] = []
    if let address = attempt.address { parts.append("at \(address)") }
    if attempt.cause != nil { parts.append("failed in \(attempt.phase)") }
    let said = [attempt.errno, attempt.rcode].compactMap { $0 }
    if !said.isEmpty { parts.append(said.joined(separator: ", ")) }
    if let status = attempt.status { parts.append("status \(status)") }
    if attempt.isReused == true {
      let idle = attempt.idleMs.map { ", idle for \(Shown.duration(Double($0)))" } ?? ""
      let uses = attempt.uses.map { $0 == 1 ? ", used once before" : ", used \($0) times before" } ?? ""
      parts.append("reused connection\(idle)\(uses)")
    } else if attempt.bytesSent > 0 {
      parts.append("new connection")
    }
    parts.append(
      "\(DashboardText.count(attempt.bytesSent)) bytes sent, \(DashboardText.count(attempt.bytesReceived)) received")
    return parts.joined(separator: "; ")
  }

  private func draw(_ spans: [AttemptSpan], to page: inout HTMLWriter) {
    guard !spans.isEmpty, record.totalMs.isFinite, record.totalMs > 0 else { return }
    page.within("dl", "class=\"spans\"") { page in
      for span in spans {
        page.within("div", span.isBroken ? "class=\"broken\"" : "") { page in
          page.element("dt", "", span.name)
          page.within("dd") { page in
            page.element("span", "", DashboardText.latency(span.span) + (span.isBroken ? ", failed" : ""))
            page.raw("<svg viewBox=\"0 0 600 16\" preserveAspectRatio=\"none\" aria-hidden=\"true\">")
            page.raw("<rect class=\"track\" x=\"0\" y=\"7\" width=\"600\" height=\"2\"/>")
            let left = Self.place(span.start, of: record.totalMs)
            let wide = max(Self.place(span.start + span.span, of: record.totalMs) - left, 3)
            page.raw(
              "<rect x=\"\(min(Int(left), 597))\" y=\"2\" width=\"\(Int(wide))\" height=\"12\"/></svg>")
          }
        }
      }
    }
  }

  /// What a store holds may be anything; it stays within the drawing.
  private static func place(_ time: Double, of total: Double) -> Double {
    let share = time / total
    return (share.isFinite ? min(max(share, 0), 1) : 1) * width
  }
}
