internal import SluiceCore

// The kinds of scalars. Every pattern admits `${NAME}` anywhere, since an editor cannot know what a variable holds.

extension ValueType where Value == String {
  /// Any text of one line.
  static func text(_ name: String = "text", example: String, kept: Set<String> = [], pattern: String? = nil)
    -> ValueType
  {
    var schema = JSON.object(["type": .string("string")])
    if let pattern { schema = schema.adding("pattern", .string(SchemaPattern.orVariable(pattern))) }
    return .parsed(
      name, expected: "\(name) such as \(example)", schema: schema, kept: kept, show: { $0 },
      parse: { text throws(Mistake) in
        if text.isEmpty { throw Mistake("it is empty") }
        if text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
          throw Mistake("it contains a control character")
        }
        return text
      })
  }

  /// Text that may be empty and of several lines.
  static var block: ValueType {
    .parsed(
      "text", expected: "text", schema: .object(["type": .string("string")]), show: { $0.isEmpty ? "empty" : $0 },
      parse: { text throws(Mistake) in text })
  }
}

extension ValueType where Value == Bool {
  static var boolean: ValueType {
    .parsed(
      "boolean", expected: "true or false",
      schema: .object([
        "anyOf": .array([.object(["type": .string("boolean")]), SchemaPattern.variable])
      ]),
      parse: { text throws(Mistake) in
        switch text {
        case "true": return true
        case "false": return false
        case "yes", "on", "Yes", "YES", "On", "ON", "1", "True", "TRUE": throw Mistake("", suggestion: "true")
        case "no", "off", "No", "NO", "Off", "OFF", "0", "False", "FALSE": throw Mistake("", suggestion: "false")
        default: throw Mistake("")
        }
      })
  }
}

extension ValueType where Value == Int {
  /// A whole number. `unlimited` stands for `.max` where `isUnlimitedAllowed`.
  static func integer(
    _ range: ClosedRange<Int>, example: Int, isUnlimitedAllowed: Bool = false
  ) -> ValueType {
    let unlimited = isUnlimitedAllowed ? " or 'unlimited'" : ""
    let number = JSON.object([
      "type": .string("integer"), "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound),
    ])
    let text =
      isUnlimitedAllowed
      ? JSON.object(["type": .string("string"), "pattern": .string(SchemaPattern.orVariable("unlimited"))])
      : SchemaPattern.variable
    return .parsed(
      "number", expected: "a whole number such as \(example)\(unlimited)",
      schema: .object(["anyOf": .array([number, text])]),
      show: { $0 == .max ? "unlimited" : String($0) },
      parse: { text throws(Mistake) in
        if isUnlimitedAllowed, text == "unlimited" { return .max }
        guard let value = Int(text), !text.hasPrefix("+") else {
          throw Mistake("", suggestion: Quantity.digits(of: text).map(String.init))
        }
        guard range.contains(value) else {
          throw Mistake("it must be from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
      })
  }

  /// A number of bytes.
  static func size(_ range: ClosedRange<Int>) -> ValueType {
    .parsed(
      "size", expected: Quantity.sizeExample, schema: SchemaPattern.size(isUnlimitedAllowed: false),
      show: { Quantity.show(bytes: UInt64(max(0, $0))) },
      parse: { text throws(Mistake) in
        let bytes = try Quantity.size(text)
        guard let value = Int(exactly: bytes), range.contains(value) else {
          let least = Quantity.show(bytes: UInt64(max(0, range.lowerBound)))
          throw Mistake("it must be from \(least) to \(Quantity.show(bytes: UInt64(range.upperBound)))")
        }
        return value
      })
  }
}

extension ValueType where Value == UInt64 {
  /// A number of bytes, or `unlimited` for `.max`.
  static var sizeOrUnlimited: ValueType {
    .parsed(
      "size", expected: "\(Quantity.sizeExample), or 'unlimited'", schema: SchemaPattern.size(isUnlimitedAllowed: true),
      show: { $0 == .max ? "unlimited" : Quantity.show(bytes: $0) },
      parse: { text throws(Mistake) in
        if text == "unlimited" { return .max }
        return try Quantity.size(text)
      })
  }
}

extension ValueType where Value == TimeSpan {
  static func duration(_ range: ClosedRange<TimeSpan> = .milliseconds(1) ... .seconds(24 * 3600)) -> ValueType {
    .parsed(
      "duration", expected: Quantity.durationExample,
      schema: .object([
        "type": .string("string"), "pattern": .string(SchemaPattern.orVariable("[0-9]+(\\.[0-9]+)?(ms|s|m|h)")),
      ]),
      show: Quantity.show,
      parse: { text throws(Mistake) in
        let value = try Quantity.duration(text)
        guard range.contains(value) else {
          throw Mistake("it must be from \(Quantity.show(range.lowerBound)) to \(Quantity.show(range.upperBound))")
        }
        return value
      })
  }
}

extension ValueType where Value == Double {
  /// A share, 0...1, written as a percentage.
  static var percentage: ValueType {
    .parsed(
      "percentage", expected: "a percentage such as 20%",
      schema: .object([
        "type": .string("string"), "pattern": .string(SchemaPattern.orVariable("[0-9]+(\\.[0-9]+)?%")),
      ]),
      show: { "\(Quantity.show(decimal: $0 * 100))%" },
      parse: { text throws(Mistake) in try Quantity.percentage(text) })
  }
}

extension ValueType {
  /// One of some words.
  static func choice(_ words: KeyValuePairs<String, Value>) -> ValueType where Value: Equatable {
    let names = words.map(\.key)
    // Editors take such a word for a number where it has no quotes.
    let decimals = names.filter { $0.contains(".") && $0.utf8.allSatisfy { $0 == 0x2E || Characters.isDigit($0) } }
    return .parsed(
      names.map { "`\($0)`" }.joined(separator: ", "),
      expected: names.count == 1 ? names[0] : "\(names.dropLast().joined(separator: ", ")) or \(names.last ?? "")",
      schema: .object([
        "anyOf": .array(
          [.object(["enum": .array(names.map(JSON.string) + decimals.map(JSON.decimal))]), SchemaPattern.variable])
      ]),
      show: { value in words.first { $0.value == value }?.key ?? "" },
      parse: { text throws(Mistake) in
        guard let word = words.first(where: { $0.key == text }) else {
          throw Mistake("", suggestion: Spelling.nearest(to: text, in: names))
        }
        return word.value
      })
  }
}
