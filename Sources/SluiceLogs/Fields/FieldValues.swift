/// The fields of one line as texts: what failures are judged by. Ordinary lines never come this far.
///
/// Escapes of the format are taken away. `-` and an empty text are no value.
public struct FieldValues: Equatable, Sendable {
  private var values: [LogField: String] = [:]

  public init(_ values: [LogField: String] = [:]) {
    for (field, value) in values { self[field] = value }
  }

  public subscript(field: LogField) -> String? {
    get { values[field] }
    set { values[field] = newValue == "-" || newValue == "" ? nil : newValue }
  }

  /// A whole number, or nil.
  public func number(_ field: LogField) -> Int? { self[field].flatMap { Int($0) } }

  public func decimal(_ field: LogField) -> Double? { self[field].flatMap { Double($0) } }
}
