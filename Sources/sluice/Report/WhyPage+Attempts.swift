import SluiceCore
import SluiceDiagnosis
import SluiceIncidents

// The time line: a block of bars for each attempt.

extension WhyPage {
  var attempts: [String] {
    let record = incident.record
    let attempts = record.attempts ?? []
    let title = "Time line, \(Amounts.milliseconds(record.totalMs)) in all"
    guard !attempts.isEmpty else {
      // Nothing was tried: the exchange ended in the phase that the record names.
      let bar = TimeLine.Bar(name: record.phase, start: 0, span: record.totalMs, isBroken: record.cause != nil)
      return section(title, draw([bar]) + notRetried)
    }
    let blocks = attempts.indices.map { index -> [String] in
      let attempt = attempts[index]
      let end = index + 1 < attempts.count ? attempts[index + 1].startMs ?? record.totalMs : record.totalMs
      return head(attempt, number: index + 1, of: attempts.count) + draw(AttemptSpan.all(of: attempt, end: end))
    }
    return section(title, Array(blocks.joined()) + notRetried)
  }

  private func draw(_ bars: [TimeLine.Bar]) -> [String] {
    let shown = bars.map { bar in
      var bar = bar
      bar.name = PlainText.shown(bar.name, limit: 16)
      return bar
    }
    return TimeLine.lines(shown, total: incident.record.totalMs, screen: screen, indent: "    ")
  }

  private func head(_ attempt: StoredAttempt, number: Int, of count: Int) -> [String] {
    let endpoint = attempt.endpoint.map { PlainText.shown($0) } ?? "no endpoint"
    let address = attempt.address.map { " (\(PlainText.shown($0)))" } ?? ""
    let title = "Attempt \(number) of \(count): \(endpoint)\(address)"
    var lines = WordWrap.lines(title, width: screen.width, first: "  ", rest: "    ")
    lines += WordWrap.lines(outcome(attempt), width: screen.width, first: "    ", rest: "    ")
    return lines
  }

  private func outcome(_ attempt: StoredAttempt) -> String {
    var parts: [String] = []
    if let cause = attempt.cause {
      let said = [attempt.errno, attempt.rcode].compactMap { $0.map { PlainText.shown($0) } }
      let error = said.isEmpty ? "" : " (\(said.joined(separator: ", ")))"
      parts.append("\(PlainText.shown(cause))\(error) in \(PlainText.shown(attempt.phase))")
    } else {
      parts.append("no failure")
    }
    if let status = attempt.status { parts.append("status \(status)") }
    if attempt.isReused == true {
      let age = attempt.ageMs.map { ", \(Amounts.span(Double($0))) old" } ?? ""
      let idle = attempt.idleMs.map { ", idle for \(Amounts.span(Double($0)))" } ?? ""
      let uses = attempt.uses.map { ", used \(Amounts.count($0, "time")) before" } ?? ""
      parts.append("reused connection\(age)\(idle)\(uses)")
    } else if attempt.bytesSent > 0 {
      parts.append("new connection")
    }
    parts.append("\(Amounts.bytes(attempt.bytesSent)) sent, \(attempt.bytesReceived) received")
    return parts.joined(separator: "; ")
  }

  private var notRetried: [String] {
    guard let reason = incident.record.notRetriedBecause else { return [] }
    let known = NotRetried.allCases.first { "\($0.identifier)" == reason }
    let text = "Not tried again: " + (known?.sentence ?? "") + " (\(PlainText.shown(reason)))"
    return WordWrap.lines(text, width: screen.width, first: "  ", rest: "    ")
  }
}
