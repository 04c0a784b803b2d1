internal import SluiceIncidents

/// The properties that `systemctl show` prints, one a line, as in `ActiveState=failed`.
enum UnitText {
  static let properties = [
    "Id", "LoadState", "ActiveState", "SubState", "Result", "ExecMainStatus", "NRestarts",
    "StateChangeTimestampMonotonic",
  ]

  /// - Parameter boot: Unix time in milliseconds from which the monotonic times count.
  /// - Returns: nil where there is no such unit.
  static func unit(_ text: String, boot: Int64) -> UnitSeen? {
    var values: [Substring: Substring] = [:]
    for line in text.split(separator: "\n") {
      guard let equals = line.firstIndex(of: "=") else { continue }
      values[line[..<equals]] = line[line.index(after: equals)...]
    }
    guard let name = values["Id"], let active = values["ActiveState"], values["LoadState"] != "not-found" else {
      return nil
    }
    var unit = UnitSeen(name: String(name), activeState: String(active))
    unit.subState = values["SubState"].map(String.init) ?? ""
    unit.result = values["Result"].flatMap { $0.isEmpty ? nil : String($0) }
    unit.exitStatus = values["ExecMainStatus"].flatMap { Int32($0) }
    unit.restarts = values["NRestarts"].flatMap { Int($0) }
    if let time = values["StateChangeTimestampMonotonic"].flatMap({ Int64($0) }), time > 0 {
      unit.changedAt = boot + time / 1000
    }
    return unit
  }
}
