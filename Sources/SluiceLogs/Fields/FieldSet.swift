/// Where the fields of one line stand in it: what is known of every line, without a copy of a byte.
///
/// A value of 64 ranges that is used again for each line: only the word that says which are set is cleared.
public struct FieldSet: Sendable {
  private var lower = InlineArray<64, UInt32>(repeating: 0)
  private var upper = InlineArray<64, UInt32>(repeating: 0)
  /// A bit for each field, by its raw value.
  private(set) var present: UInt64 = 0
  /// Whether the values stand in JSON strings, whose escapes are still to be taken away.
  var isJSON = false

  public init() {}

  @inline(__always)
  mutating func clear() { present = 0 }

  @inline(__always)
  mutating func set(_ field: LogField, _ from: Int, _ to: Int) {
    let place = Int(field.rawValue)
    lower[place] = UInt32(truncatingIfNeeded: from)
    upper[place] = UInt32(truncatingIfNeeded: to)
    present |= 1 &<< UInt64(field.rawValue)
  }

  @inline(__always)
  func has(_ field: LogField) -> Bool { present & (1 &<< UInt64(field.rawValue)) != 0 }

  /// nil: not set.
  @inline(__always)
  func range(_ field: LogField) -> Range<Int>? {
    guard has(field) else { return nil }
    let place = Int(field.rawValue)
    return Int(lower[place])..<Int(upper[place])
  }
}
