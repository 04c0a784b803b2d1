/// Regular expressions of the JSON Schema.
enum SchemaPattern {
  /// A text that holds `${NAME}`.
  static var variable: JSON {
    .object(["type": .string("string"), "pattern": .string("\\$\\{")])
  }

  static func orVariable(_ pattern: String) -> String { "^(\(pattern))$|\\$\\{" }

  static func size(isUnlimitedAllowed: Bool) -> JSON {
    let pattern = "[0-9]+(\\.[0-9]+)?(B|[KMG]i?B)" + (isUnlimitedAllowed ? "|unlimited" : "") + "|[0-9]+"
    return .object([
      "anyOf": .array([
        .object(["type": .string("integer"), "minimum": .integer(0)]),
        .object(["type": .string("string"), "pattern": .string(orVariable(pattern))]),
      ])
    ])
  }
}
