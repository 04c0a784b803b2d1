internal import SluiceDiagnosis
internal import SluiceIncidents
internal import Synchronization

/// An examination while its looks come in, from any thread.
final class ExaminationProgress: Sendable {
  private let examination: Mutex<Examination>
  private let onStep: @Sendable (Step, Examination) -> Void

  init(_ examination: Examination, onStep: @escaping @Sendable (Step, Examination) -> Void) {
    self.examination = Mutex(examination)
    self.onStep = onStep
  }

  /// Takes what the looks of a step have seen, and tells that it is over.
  func end(_ step: Step, _ take: @Sendable (inout Examination) -> Void) {
    let now = examination.withLock { examination in
      take(&examination)
      return examination
    }
    onStep(step, now)
  }

  func finished(tookMs: Double) -> Examination {
    examination.withLock { examination in
      examination.tookMs = tookMs
      return examination
    }
  }
}
