/// The fields of one line as texts: what failures are judged by. Ordinary lines never come this far.
///
/// Escapes of the format are taken away. `-` and an empty text are no value.
public struct FieldValues: Equatable, Sendable {
  /// By the fields' raw values; empty: none is set.
  private var values: [String?] = []
  /// A bit for each field that the line has, whether or not it has a value there.
  private var written: UInt64 = 0

  public init(_ values: [LogField: String] = [:]) {
    for (field, value) in values { self[field] = value }
  }

  public subscript(field: LogField) -> String? {
    get { values.isEmpty ? nil : values[Int(field.rawValue)] }
    set {
      if values.isEmpty { values = [String?](repeating: nil, count: 64) }
      values[Int(field.rawValue)] = newValue == "-" || newValue == "" ? nil : newValue
      if newValue != nil { written |= 1 &<< UInt64(field.rawValue) }
    }
  }

  /// The same values; a field that is written as `-` is none.
  public static func == (one: FieldValues, other: FieldValues) -> Bool {
    LogField.allCases.allSatisfy { one[$0] == other[$0] }
  }

  /// Whether the line has the field, be it as `-`: that no endpoint was reached is something else than not to tell it.
  public func isWritten(_ field: LogField) -> Bool { written & (1 &<< UInt64(field.rawValue)) != 0 }

  /// A whole number, or nil.
  public func number(_ field: LogField) -> Int? { self[field].flatMap { Int($0) } }

  public func decimal(_ field: LogField) -> Double? { self[field].flatMap { Double($0) } }
}
