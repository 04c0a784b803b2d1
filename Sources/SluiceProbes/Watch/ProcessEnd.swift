/// How a process ended, as far as it is known.
struct ProcessEnd: Equatable, Sendable {
  var exitStatus: Int32?
  var signal: Int32?
  /// Whether the kernel says that it killed this process for want of memory; nil: not known.
  var isOutOfMemory: Bool?
  /// Kills for want of memory that its cgroup counted while it ran.
  var cgroupKills: UInt64?
  /// Whether more will not be known.
  var isFinal = true

  init() {}

  /// - Parameter status: as wait(2) gives it.
  init(status: Int32) {
    let signal = status & 0x7F
    if signal == 0 { exitStatus = status >> 8 & 0xFF } else { self.signal = signal }
  }

  var isKnown: Bool { exitStatus != nil || signal != nil }
}
