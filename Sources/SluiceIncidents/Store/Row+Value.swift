internal import GRDB

extension Row {
  /// A column's value. GRDB's subscript ends the process where a damaged file holds a value of another type.
  ///
  /// - Throws: `RowDecodingError`, which `StoreFailure` takes for damage.
  func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(_ column: String) throws -> Value {
    try decode(Value.self, forColumn: column)
  }
}
