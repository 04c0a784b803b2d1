import SluiceDiagnosis
import SluiceLogs

/// One problem of a log report as lines.
struct LogProblemLines {
  let problem: LogProblem
  /// Its place in a list; nil where it stands alone.
  let number: Int?
  let screen: Screen

  var lines: [String] {
    let diagnosis = Diagnosis(verdict: problem.verdict, candidates: problem.candidates, checks: problem.checks)
    let parts = DiagnosisLines(diagnosis: diagnosis, screen: screen)
    let state = problem.isOngoing ? ", still going on at the end of the logs" : ""
    let name = number.map { "Problem \($0)" } ?? "Problem"
    var title = WordWrap.lines(
      name + PlainText.shown(": \(problem.title)\(state)"), width: screen.width, rest: "  ")
    title[0] = screen.paint(name, .bold) + title[0].dropFirst(name.count)
    let sections: [[String]] = [
      title + parts.verdict(), amounts + chart, parts.explanations, parts.section("What happened", story),
      parts.section("Where", places), parts.checks, parts.section("Lines", samples),
    ]
    return sections.filter { !$0.isEmpty }.flatMap { $0 }
  }

  // MARK: How much

  private var amounts: [String] {
    let failed = problem.failed
    var parts = [
      failed > 0 ? Numbers.count(failed, "failed request", "failed requests") : "No request failed in the end"
    ]
    if let requests = problem.requests, requests >= failed, failed > 0 {
      parts[0] += " of \(Numbers.plain(requests)) (\(Numbers.share(failed, of: requests)))"
    }
    if !problem.statuses.isEmpty { parts.append("status " + LogMoments.counts(problem.statuses)) }
    if problem.saved > 0 {
      parts.append("\(Numbers.plain(problem.saved))\(failed > 0 ? " more" : "") saved by a retry")
    }
    let span = LogMoments.span(problem.first, problem.last).map { ", " + $0 } ?? ""
    let causes = problem.causes.count > 1 ? ["Seen as " + problem.causes.map(name).joined(separator: ", ") + "."] : []
    return WordWrap.lines(PlainText.shown(parts.joined(separator: "; ") + span + "."), width: screen.width)
      + causes.flatMap { WordWrap.lines(PlainText.shown($0), width: screen.width) }
  }

  private func name(_ share: CauseShare) -> String {
    let role = share.role == .consequence ? " that followed" : ""
    return "\(share.cause) (\(Numbers.plain(share.count))\(role))"
  }

  private var chart: [String] {
    guard let chart = problem.chart, chart.failures.count > 1, let most = chart.failures.max(), most > 0 else {
      return []
    }
    let begins = LogMoments.clock(chart.start)
    let ends = LogMoments.clock(chart.start, later: chart.failures.count * chart.slotSeconds)
    let room = screen.width - begins.count - ends.count - 2
    let bars = Self.merged(chart.failures, to: max(room, 10))
    let text = SparkLine(bars, hasUnicode: screen.hasUnicode).text
    return ["\(screen.paint(begins, .dim)) \(screen.paint(text, .red)) \(screen.paint(ends, .dim))"]
  }

  /// As many slots as fit; several slots become one that holds their sum.
  static func merged(_ counts: [Int], to room: Int) -> [Int] {
    let each = (counts.count + room - 1) / room
    return stride(from: 0, to: counts.count, by: max(each, 1)).map { start in
      counts[start..<min(start + max(each, 1), counts.count)].reduce(0, +)
    }
  }

  // MARK: What happened, and where

  private var story: [String] {
    problem.story.flatMap { entry in
      let time = entry.time.map { LogMoments.clock($0) } ?? "?"
      return WordWrap.lines(
        PlainText.shown(entry.sentence), width: screen.width, first: "  \(time)  ", rest: "            ")
    }
  }

  private var places: [String] {
    problem.concentrations.flatMap { place in
      let value = place.kind == .time ? place.value : "\(place.kind.rawValue) \(place.value)"
      let requests = place.requestShare.map { ", \(Numbers.percent($0)) of the requests" } ?? ""
      let text = "\(value): \(Numbers.percent(place.share)) of the failures\(requests)"
      return WordWrap.lines(PlainText.shown(text), width: screen.width, first: "  - ", rest: "    ")
    }
  }

  private var samples: [String] { problem.samples.flatMap { Self.sample($0, screen: screen) } }

  /// File and number, then the line, three lines of the screen at most.
  static func sample(_ sample: LogSample, screen: Screen) -> [String] {
    let place = screen.paint("  \(PlainText.shown(sample.file)):\(sample.line)", .cyan)
    let text = WordWrap.lines(PlainText.shown(sample.text), width: screen.width, first: "    ", rest: "    ")
    let shown = text.prefix(3).enumerated().map { index, line in
      index == 2 && text.count > 3
        ? PlainText.cut(line + " " + screen.ellipsis, width: screen.width, ellipsis: screen.ellipsis) : line
    }
    return [place] + shown
  }
}
