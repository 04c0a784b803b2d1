/// Where the fields of one line stand in it: what is known of every line, without a copy of a byte.
///
/// It is used again for each line, and stands for one place in memory: as a value of half a kilobyte it would be copied
/// wherever it is passed on. Two variables with the same set share it.
public struct FieldSet {
  private let ranges = FieldRanges()

  public init() {}

  /// A bit for each field, by its raw value.
  var present: UInt64 { ranges.present }
  /// A bit for each field that stood in quotes, and may hold escapes that are still to be taken away.
  var quoted: UInt64 { ranges.quoted }
  /// Whether escapes are those of JSON.
  var isJSON: Bool {
    get { ranges.isJSON }
    nonmutating set { ranges.isJSON = newValue }
  }
  /// The product that the prefix of the line names (`haproxy[1234]:`), where there is a prefix and it names one.
  var writer: LogProduct? {
    get { ranges.writer }
    nonmutating set { ranges.writer = newValue }
  }

  @inline(__always)
  mutating func clear() {
    ranges.present = 0
    ranges.quoted = 0
    ranges.isJSON = false
  }

  @inline(__always)
  mutating func set(_ field: LogField, _ from: Int, _ to: Int) {
    put(field, from, to)
    ranges.present |= 1 &<< UInt64(field.rawValue)
  }

  @inline(__always)
  mutating func setQuoted(_ field: LogField, _ from: Int, _ to: Int) {
    set(field, from, to)
    ranges.quoted |= 1 &<< UInt64(field.rawValue)
  }

  /// As `set`, of a field that `mark` will say is set: for readers that set many, and count nanoseconds.
  @inline(__always)
  func put(_ field: LogField, _ from: Int, _ to: Int) {
    ranges.bounds[Int(field.rawValue)] =
      UInt64(UInt32(truncatingIfNeeded: from)) | UInt64(truncatingIfNeeded: to) &<< 32
  }

  /// - Parameter fields: A bit for each field, by its raw value.
  @inline(__always)
  func mark(_ fields: UInt64) { ranges.present |= fields }

  @inline(__always)
  func has(_ field: LogField) -> Bool { ranges.present & (1 &<< UInt64(field.rawValue)) != 0 }

  /// Of a field that is set; else what stood there before.
  @inline(__always)
  func bounds(_ field: LogField) -> (lower: Int, upper: Int) {
    let both = ranges.bounds[Int(field.rawValue)]
    return (Int(both & 0xFFFF_FFFF), Int(both &>> 32))
  }

  /// Of all fields, as `FieldRanges` holds them.
  @inline(__always)
  var allBounds: InlineArray<64, UInt64> { ranges.bounds }

  /// nil: not set.
  @inline(__always)
  func range(_ field: LogField) -> Range<Int>? {
    guard has(field) else { return nil }
    let both = bounds(field)
    return both.lower..<both.upper
  }
}

extension LogField {
  /// A bit for each.
  static func bits(_ fields: LogField...) -> UInt64 { fields.reduce(0) { $0 | 1 << UInt64($1.rawValue) } }
}
