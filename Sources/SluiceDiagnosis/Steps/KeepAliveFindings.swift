internal import SluiceIncidents

/// How an endpoint treats an idle connection.
enum KeepAliveFindings {
  static func of(_ examination: Examination) -> [StepReport.Finding] {
    if let absence = StepReport.absence(of: examination.keepAlive, what: "Whether it keeps connections") {
      return [absence]
    }
    guard let seen = examination.keepAlive?.value else { return [] }
    // The response itself said so, and its own finding does.
    if !seen.takesSecondRequest, seen.watchedMs == 0, closesAfter(examination) { return [] }
    guard seen.takesSecondRequest else {
      return [
        StepReport.Finding(
          .warning, "A second request on the same connection was not answered, and nothing announced it.")
      ]
    }
    let announced = seen.announcedMs.map { "; it announces \(Shown.duration($0))" } ?? ""
    guard let closed = seen.closedAfterMs else {
      return [
        StepReport.Finding(
          .fine,
          "It takes a second request on the same connection, open for \(Shown.duration(seen.watchedMs)) after "
            + "it\(announced).")
      ]
    }
    let kept = seen.keptMs(examination)
    let isSooner = kept.map { closed < $0 } ?? false
    let pool = isSooner ? kept.map { ", sooner than a gateway gives it up (\(Shown.duration($0)))" } ?? "" : ""
    return [
      StepReport.Finding(
        isSooner ? .warning : .fine, "It closes an idle connection after \(Shown.duration(closed))\(pool)\(announced).")
    ]
  }

  private static func closesAfter(_ examination: Examination) -> Bool {
    examination.responses?.value?.first { $0.question == .configured }?.closesAfter == true
  }
}
