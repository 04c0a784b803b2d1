/// The fields of one line as texts: what failures are judged by. Ordinary lines never come this far.
///
/// Escapes of the format are taken away. `-` and an empty text are no value.
public struct FieldValues: Equatable, Sendable {
  /// The values that there are, and where each field has its own: one more than its place, 0 for none.
  private var values: [String] = []
  private var places = InlineArray<64, UInt8>(repeating: 0)
  /// A bit for each field that the line has, whether or not it has a value there.
  private var written: UInt64 = 0

  public init(_ values: [LogField: String] = [:]) {
    for (field, value) in values { self[field] = value }
  }

  public subscript(field: LogField) -> String? {
    get {
      let place = places[Int(field.rawValue)]
      return place == 0 ? nil : values[Int(place) - 1]
    }
    set {
      if newValue != nil { written |= 1 &<< UInt64(field.rawValue) }
      let place = places[Int(field.rawValue)]
      guard let newValue, !newValue.isNoValue else {
        // Its text stays, and is nobody's.
        places[Int(field.rawValue)] = 0
        return
      }
      if place > 0 {
        values[Int(place) - 1] = newValue
      } else if values.count < 255 {
        values.append(newValue)
        places[Int(field.rawValue)] = UInt8(values.count)
      }
    }
  }

  /// The same values; a field that is written as `-` is none.
  public static func == (one: FieldValues, other: FieldValues) -> Bool {
    LogField.allCases.allSatisfy { one[$0] == other[$0] }
  }

  /// Whether the line has the field, be it as `-`: that no endpoint was reached is something else than not to tell it.
  public func isWritten(_ field: LogField) -> Bool { written & (1 &<< UInt64(field.rawValue)) != 0 }

  /// For so many values without further memory.
  mutating func reserve(_ count: Int) { values.reserveCapacity(count) }

  /// A whole number, or nil.
  public func number(_ field: LogField) -> Int? { self[field].flatMap { Int($0) } }

  public func decimal(_ field: LogField) -> Double? { self[field].flatMap { Double($0) } }
}

extension String {
  /// Empty, or `-`.
  fileprivate var isNoValue: Bool {
    let bytes = utf8
    return bytes.count <= 1 && (bytes.first ?? 0x2D) == 0x2D
  }
}
