internal import SluiceIncidents

extension Shown {
  /// `process 4711 (node)`.
  static func process(_ number: Int32, _ name: String) -> String {
    name.isEmpty ? "process \(number)" : "process \(number) (\(text(name, limit: 32)))"
  }

  static func process(_ seen: ProcessSeen) -> String { process(seen.process, seen.name) }
  static func process(_ sighting: ProcessSighting) -> String { process(sighting.process, sighting.name) }

  /// `85 % of a core`.
  static func share(_ share: Double) -> String { "\(percent(share)) of a core" }

  static func percent(_ share: Double) -> String { "\(Int((min(max(share, 0), 1e6) * 100).rounded())) %" }

  /// `1.5 GiB`, `300 MiB`, `4 KiB`.
  static func size(_ bytes: UInt64) -> String {
    let units = [("GiB", 30), ("MiB", 20), ("KiB", 10)]
    for (name, shift) in units where bytes >= 1 << UInt64(shift) {
      let tenths = bytes >> UInt64(shift) < 10 ? Int((Double(bytes) / Double(UInt64(1) << UInt64(shift)) * 10)) : nil
      guard let tenths, tenths % 10 != 0 else { return "\(bytes >> UInt64(shift)) \(name)" }
      return "\(tenths / 10).\(tenths % 10) \(name)"
    }
    return "\(bytes) B"
  }

  /// How a process ended: `killed by SIGKILL`, `exited with status 1`, `ended, and it is not known how`.
  static func end(_ sighting: ProcessSighting) -> String {
    if sighting.isOutOfMemory == true { return "was killed by the kernel because memory ran out" }
    if let signal = sighting.signal { return "was ended by \(SignalName.of(signal))" }
    if let status = sighting.exitStatus { return "exited with status \(status)" }
    return "ended, and it is not known how"
  }
}
