/// Pairs of `key=value` and `key="value"`, as many loggers of Go write them.
enum LogfmtLine {
  /// Pairs of one line that are looked at.
  static let pairsMax = 64

  /// Sets the fields of the keys that are wanted, from `start` to the end of the line; false where something else than
  /// pairs stands there.
  static func read(_ line: RawSpan, from start: Int, _ keys: JSONKeys, _ fields: inout FieldSet) -> Bool {
    let count = line.byteCount
    var position = start
    for _ in 0..<pairsMax {
      while position < count, line.byte(at: position) == 0x20 { position += 1 }
      if position >= count { return true }
      let equals = ByteScan.first(0x3D, or: 0x20, in: line, from: position, to: count)
      guard equals < count, equals > position, line.byte(at: equals) == 0x3D else { return false }
      let field = keys.field(JSONKeys.path(JSONKeys.root, line, position, equals))
      var tokens = LineTokens(position: equals + 1)
      if equals + 1 >= count || line.byte(at: equals + 1) == 0x20 {
        position = equals + 1
        continue
      }
      guard let token = tokens.next(line) else { return false }
      if let field { LineTokens.set(field, token, &fields) }
      position = tokens.position
    }
    return true
  }
}
