import SluiceDiagnosis

/// `sluice doctor --watch`: looks again and again, says what changes, and ends when nothing is wrong any more.
struct DoctorWatch {
  /// Between the end of one look and the beginning of the next.
  private static let pause = Duration.seconds(2)

  let source: DoctorSource
  let json: Bool

  func run() async throws {
    let began = WallClock.milliseconds()
    var last: Verdict?
    while true {
      let isFirst = last == nil
      let round = DoctorRound(source: source, json: json, showsSteps: isFirst)
      let diagnosis = try await isFirst || json ? round.run() : round.quietly(unless: last)
      if diagnosis.isHealthy {
        guard !isFirst, !json else { return }
        let seconds = (WallClock.milliseconds() - began) / 1000
        return Terminal.say("\(Moments.clock(WallClock.milliseconds())) UTC: recovered after \(seconds) s")
      }
      last = diagnosis.verdict
      try await Task.sleep(for: Self.pause)
    }
  }
}

extension DoctorRound {
  /// Tells a verdict that differs from the last one, in a line.
  func quietly(unless last: Verdict?) async throws -> Diagnosis {
    let (_, diagnosis) = try await look()
    let verdict = diagnosis.verdict
    if verdict.cause != last?.cause || verdict.who != last?.who {
      let lines = DiagnosisLines(diagnosis: diagnosis, screen: Terminal.screen()).verdict()
      Terminal.say("\n\(Moments.clock(WallClock.milliseconds())) UTC: " + lines.joined(separator: "\n"))
    } else {
      ProgressLine.show("\(Moments.clock(WallClock.milliseconds())) UTC: still \(verdict.cause)")
    }
    return diagnosis
  }
}
