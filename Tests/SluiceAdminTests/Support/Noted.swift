import SluiceAdmin
import SluiceDiagnosis
import SluiceIncidents
import Synchronization

/// What a source was told, and what it is to tell.
final class Noted: Sendable {
  let changes = Mutex<[Change]>([])
  let isDraining = Mutex(false)
  let drains = Mutex<[String]>([])
  let moments = Mutex<[Int64?]>([])
  /// While it is set, an examination goes on.
  let holdsExamination = Mutex(false)

  func examine(_ moment: Int64?) async -> DoctorAnswer? {
    moments.withLock { $0.append(moment) }
    while holdsExamination.withLock({ $0 }) { try? await Task.sleep(for: .milliseconds(2)) }
    let target = ExaminationTarget(
      endpoint: "http://127.0.0.1:3000", upstream: "api", isTLS: false, host: "127.0.0.1", port: 3000, socketPath: nil,
      path: "/")
    let examination = Examination(time: AdminSource.time, target: target)
    return DoctorAnswer(diagnose(examination), [examination])
  }
}
