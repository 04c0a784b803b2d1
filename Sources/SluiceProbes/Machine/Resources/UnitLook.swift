internal import SluiceIncidents

/// What systemd says of a unit, where process 1 is systemd.
enum UnitLook {
  /// For the answer of `systemctl`, in milliseconds.
  static let limitMs = 1_000.0
  private static let bytesMax = 1 << 16

  /// - Parameter end: on the monotonic clock in milliseconds.
  static func look(_ name: String?, end: Double) -> UnitSeen? {
    guard let name, isName(name), ProcessTable.stat(1)?.name == "systemd" else { return nil }
    let left = min(end - ProbeClock.milliseconds(), limitMs)
    guard left > 0 else { return nil }
    let arguments = ["show", "--no-pager", "--property=\(UnitText.properties.joined(separator: ","))", "--", name]
    let run = ProgramRun.run("systemctl", arguments, within: .milliseconds(Int(left)), bytesMax: bytesMax)
    guard run.isSuccess else { return nil }
    return UnitText.unit(String(decoding: run.output, as: UTF8.self), boot: ProbeClock.kernelLogWallMilliseconds())
  }

  private static func isName(_ name: String) -> Bool {
    name.utf8.count <= 256 && name.unicodeScalars.allSatisfy { $0.isASCII && $0.value > 0x20 }
  }
}
