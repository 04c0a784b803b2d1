/// The fields of one line as values: what failures are judged by. Ordinary lines never come this far.
///
/// Escapes of the format are taken away. `-` and an empty text are no value. Values are bytes, and become texts only
/// where they are asked for as such: most are compared, or read as numbers.
public struct FieldValues: Equatable, Sendable {
  /// The line, and behind it what does not stand in it as it is.
  private var bytes: [UInt8] = []
  /// Where each value begins in `bytes`, and in the upper half where it ends.
  private var bounds = InlineArray<64, UInt64>(repeating: 0)
  /// A bit for each field that has a value.
  private var present: UInt64 = 0
  /// A bit for each field that the line has, whether or not it has a value there.
  private var written: UInt64 = 0

  public init(_ values: [LogField: String] = [:]) {
    for (field, value) in values { self[field] = value }
  }

  /// The fields without the escapes of their format.
  ///
  /// - Parameter unread: A bit for each field that is left out.
  init(_ fields: borrowing FieldSet, of line: RawSpan, without unread: UInt64 = 0) {
    let count = line.byteCount
    bytes = Array(unsafeUninitializedCapacity: count + Self.roomBytes) { room, filled in
      line.withUnsafeBytes { UnsafeMutableRawBufferPointer(room).copyMemory(from: $0) }
      filled = count
    }
    bounds = fields.allBounds
    written = fields.present & ~unread
    var left = written
    while left != 0 {
      let bit = left & (0 &- left)
      let (lower, upper) = Self.parts(bounds[left.trailingZeroBitCount])
      left ^= bit
      if Self.isNoValue(bytes, lower, upper) { continue }
      present |= bit
      let escape: UInt8 = 0x5C
      guard fields.quoted & bit != 0, ByteScan.first(escape, in: line, from: lower, to: upper) < upper,
        let field = LogField(rawValue: UInt8(bit.trailingZeroBitCount))
      else { continue }
      self[field] = fields.isJSON ? FieldText.json(line, lower..<upper) : FieldText.quoted(line, lower..<upper)
    }
  }

  private static let roomBytes = 64

  /// Bytes that are no UTF-8 become the replacement character.
  public subscript(field: LogField) -> String? {
    get { withBytes(field) { String(decoding: $0, as: UTF8.self) } }
    set {
      guard let newValue else {
        present &= ~Self.bit(field)
        return
      }
      let start = bytes.count
      bytes.append(contentsOf: newValue.utf8)
      let bit = Self.bit(field)
      written |= bit
      bounds[Int(field.rawValue)] = UInt64(start) | UInt64(bytes.count) &<< 32
      if Self.isNoValue(bytes, start, bytes.count) { present &= ~bit } else { present |= bit }
    }
  }

  /// Calls with the bytes of the value, where there is one.
  @inline(__always)
  func withBytes<Result>(_ field: LogField, _ use: (UnsafeBufferPointer<UInt8>) -> Result) -> Result? {
    guard has(field) else { return nil }
    let (lower, upper) = Self.parts(bounds[Int(field.rawValue)])
    return bytes.withUnsafeBufferPointer { use(UnsafeBufferPointer(rebasing: $0[lower..<upper])) }
  }

  /// The same values; a field that is written as `-` is none.
  public static func == (one: FieldValues, other: FieldValues) -> Bool {
    LogField.allCases.allSatisfy { one[$0] == other[$0] }
  }

  @inline(__always)
  func has(_ field: LogField) -> Bool { present & Self.bit(field) != 0 }

  /// Whether the line has the field, be it as `-`: that no endpoint was reached is something else than not to tell it.
  public func isWritten(_ field: LogField) -> Bool { written & Self.bit(field) != 0 }

  /// A whole number, or nil.
  public func number(_ field: LogField) -> Int? { withBytes(field, NumberText.whole) ?? nil }

  public func decimal(_ field: LogField) -> Double? { withBytes(field, NumberText.decimal) ?? nil }

  @inline(__always)
  private static func bit(_ field: LogField) -> UInt64 { 1 &<< UInt64(field.rawValue) }

  @inline(__always)
  private static func parts(_ bounds: UInt64) -> (lower: Int, upper: Int) {
    (Int(bounds & 0xFFFF_FFFF), Int(bounds &>> 32))
  }

  /// Empty, or `-`; and what does not lie in the line.
  private static func isNoValue(_ bytes: [UInt8], _ lower: Int, _ upper: Int) -> Bool {
    upper <= lower || upper > bytes.count || upper == lower + 1 && bytes[lower] == 0x2D
  }
}
