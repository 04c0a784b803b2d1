/// Where the fields of one line stand in it: what is known of every line, without a copy of a byte.
///
/// A value of 64 ranges that is used again for each line: only the words that say which are set are cleared.
public struct FieldSet: Sendable {
  private var lower = InlineArray<64, UInt32>(repeating: 0)
  private var upper = InlineArray<64, UInt32>(repeating: 0)
  /// A bit for each field, by its raw value.
  private(set) var present: UInt64 = 0
  /// A bit for each field that stood in quotes, and may hold escapes that are still to be taken away.
  private(set) var quoted: UInt64 = 0
  /// Whether escapes are those of JSON.
  var isJSON = false
  /// The product that the prefix of the line names (`haproxy[1234]:`), where there is a prefix and it names one.
  var writer: LogProduct?

  public init() {}

  @inline(__always)
  mutating func clear() {
    present = 0
    quoted = 0
    isJSON = false
  }

  @inline(__always)
  mutating func set(_ field: LogField, _ from: Int, _ to: Int) {
    let place = Int(field.rawValue)
    lower[place] = UInt32(truncatingIfNeeded: from)
    upper[place] = UInt32(truncatingIfNeeded: to)
    present |= 1 &<< UInt64(field.rawValue)
  }

  @inline(__always)
  mutating func setQuoted(_ field: LogField, _ from: Int, _ to: Int) {
    set(field, from, to)
    quoted |= 1 &<< UInt64(field.rawValue)
  }

  @inline(__always)
  func has(_ field: LogField) -> Bool { present & (1 &<< UInt64(field.rawValue)) != 0 }

  /// Of a field that is set; else what stood there before.
  @inline(__always)
  func bounds(_ field: LogField) -> (lower: Int, upper: Int) {
    let place = Int(field.rawValue)
    return (Int(lower[place]), Int(upper[place]))
  }

  /// nil: not set.
  @inline(__always)
  func range(_ field: LogField) -> Range<Int>? {
    guard has(field) else { return nil }
    let place = Int(field.rawValue)
    return Int(lower[place])..<Int(upper[place])
  }
}
