internal import Glibc
internal import SluiceIncidents

/// The kernel's log, from `/dev/kmsg`: each record is one read, and one that is gone meanwhile is an error to go on
/// from.
enum KernelLog {
  /// Records that are read, and notes that are kept.
  static let recordsMax = 65_536
  static let notesMax = 64
  /// Bytes of one record.
  private static let recordBytes = 8_192

  /// The notes in it, the latest first.
  ///
  /// - Parameters:
  ///   - boot: Unix time in milliseconds from which the kernel's times count.
  ///   - end: on the monotonic clock in milliseconds.
  static func notes(boot: Int64, end: Double) -> Result<[KernelNote], SystemFault> {
    let descriptor = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return .failure(SystemFault(errno)) }
    defer { close(descriptor) }
    var notes = Notes(boot: boot)
    var part = [UInt8](repeating: 0, count: recordBytes)
    for index in 0..<recordsMax {
      if index % 256 == 255, ProbeClock.milliseconds() > end { break }
      let count = read(descriptor, &part, part.count)
      if count < 0, errno == EPIPE || errno == EINTR { continue }
      // The log may be opened and not read where the right is missing.
      if count < 0, errno == EPERM || errno == EACCES { return .failure(SystemFault(errno)) }
      guard count > 0 else { break }
      notes.take(String(decoding: part[..<count], as: UTF8.self))
    }
    return .success(notes.latest)
  }

  /// Records one after the other: the cgroup of a kill stands in the record before.
  struct Notes {
    let boot: Int64
    private var kept: [KernelNote] = []
    private var victims: [Int32: String] = [:]

    init(boot: Int64) { self.boot = boot }

    var latest: [KernelNote] { kept.reversed() }

    mutating func take(_ record: String) {
      guard let (microseconds, text) = KernelLogText.record(record) else { return }
      if let victim = KernelLogText.victim(text) {
        victims[victim.process] = victim.cgroup
        return
      }
      guard var note = KernelLogText.note(text) else { return }
      note.time = boot + Int64(clamping: microseconds / 1000)
      if note.kind == .outOfMemoryKill {
        note.cgroup = note.process.flatMap { victims.removeValue(forKey: $0) }
      }
      kept.append(note)
      if kept.count > notesMax { kept.removeFirst() }
      if victims.count > notesMax { victims = [:] }
    }
  }
}
