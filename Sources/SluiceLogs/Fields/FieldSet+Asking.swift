extension FieldSet {
  /// Whether the prefix of the line, where it has one, allows that this product wrote it.
  @inline(__always)
  func mayBe(_ product: LogProduct) -> Bool { writer == nil || writer == product }

  func hasAny(_ fields: [LogField]) -> Bool { fields.contains { has($0) } }
}
