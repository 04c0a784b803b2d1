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

  /// What is known so far.
  var current: Examination { examination.withLock { $0 } }

  /// Takes what belongs to a step that was told already.
  func add(_ take: @Sendable (inout Examination) -> Void) { examination.withLock { take(&$0) } }

  func finished(tookMs: Double) -> Examination {
    examination.withLock { examination in
      examination.tookMs = tookMs
      return examination
    }
  }
}
