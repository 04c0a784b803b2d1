/// How a value of one kind is read, shown as a default, described in the reference and checked by an editor.
struct ValueType<Value> {
  /// In the reference: `duration`.
  var name: String
  /// In messages: `a duration such as 2s, 500ms or 1m`.
  var expected: String
  /// nil after an error.
  var read: (_ node: SourceNode, _ name: String, _ reader: inout Reader) -> Value?
  /// As it would be written in a file.
  var show: (Value) -> String
  private let makeSchema: () -> JSON
  private let makeSections: () -> [SectionDescription]

  /// Schema and sections are made when they are asked for: reading a file needs neither.
  init(
    name: String, expected: String, schema: @autoclosure @escaping () -> JSON,
    sections: @autoclosure @escaping () -> [SectionDescription] = [],
    read: @escaping (_ node: SourceNode, _ name: String, _ reader: inout Reader) -> Value?,
    show: @escaping (Value) -> String = { "\($0)" }
  ) {
    self.name = name
    self.expected = expected
    self.read = read
    self.show = show
    makeSchema = schema
    makeSections = sections
  }

  var schema: JSON { makeSchema() }
  /// The sections that such a value consists of, for the reference.
  var sections: [SectionDescription] { makeSections() }
}

/// A value with the place where it was written.
struct Located<Value> {
  var value: Value
  var position: Position = .whole
  /// The keys of a mapping that were given and read, and where their values stand.
  var keys: [String: Position] = [:]
  /// All of its keys that were given.
  var given: Set<String> = []
}

/// A value of a mapping whose keys are free, such as the upstreams.
struct Named<Value> {
  var name: String
  var namePosition: Position
  var value: Value
}

extension ValueType {
  /// A scalar that `parse` understands; what it throws is told with the key's name in front.
  static func parsed(
    _ name: String, expected: String, schema: JSON, kept: Set<String> = [],
    show: @escaping (Value) -> String = { "\($0)" },
    parse: @escaping (String) throws(Mistake) -> Value
  ) -> ValueType {
    ValueType(
      name: name, expected: expected, schema: schema,
      read: { node, key, reader in
        guard let text = reader.text(of: node, named: key, expected: expected, kept: kept) else { return nil }
        do throws(Mistake) {
          return try parse(text)
        } catch {
          // A suggestion repeats the value, and what the environment holds may be secret.
          let suggestion = node.isConfidential ? nil : error.suggestion
          // An empty explanation: the value is simply not of this kind.
          if error.what.isEmpty {
            reader.unexpected(node, named: key, expected: expected, suggestion: suggestion)
          } else {
            reader.error("'\(key)' is \(node.found): \(error.what)", at: node.position, suggestion: suggestion)
          }
          return nil
        }
      },
      show: show)
  }

  /// A list of at most `limit` values.
  static func list<Element>(
    of element: ValueType<Element>, limit: Int, isEmptyAllowed: Bool = true
  ) -> ValueType where Value == [Element] {
    let expected = "a list, each item \(element.expected)"
    return ValueType(
      name: "list of \(element.name)", expected: expected,
      schema: .object([
        "type": .string("array"), "items": element.schema, "minItems": .integer(isEmptyAllowed ? 0 : 1),
        "maxItems": .integer(limit),
      ]), sections: element.sections,
      read: { node, name, reader in
        guard case .sequence(let items) = node.content else {
          reader.unexpected(node, named: name, expected: expected)
          return nil
        }
        if items.isEmpty, !isEmptyAllowed {
          reader.error("'\(name)' is an empty list; it needs at least one item", at: node.position)
          return nil
        }
        if items.count > limit {
          reader.error("'\(name)' has \(items.count) items; at most \(limit) are allowed", at: node.position)
          return nil
        }
        var result: [Element] = []
        for (index, item) in items.enumerated() {
          if let value = element.read(item, "\(name)[\(index)]", &reader) { result.append(value) }
        }
        return result
      },
      show: { $0.isEmpty ? "[]" : "[" + $0.map { element.show($0) }.joined(separator: ", ") + "]" })
  }

  /// A mapping whose keys are free: names that `check` accepts.
  static func mapping<Element>(
    of element: ValueType<Element>, keyed keyName: String, limit: Int, isEmptyAllowed: Bool = true,
    check: @escaping (String) throws(Mistake) -> String
  ) -> ValueType where Value == [Named<Element>] {
    let expected = "a mapping from \(keyName) to \(element.expected)"
    return ValueType(
      name: "\(keyName) → \(element.name)", expected: expected,
      schema: .object([
        "type": .string("object"), "additionalProperties": element.schema,
        "minProperties": .integer(isEmptyAllowed ? 0 : 1), "maxProperties": .integer(limit),
      ]), sections: element.sections,
      read: { node, name, reader in
        guard case .mapping(let entries) = node.content else {
          reader.unexpected(node, named: name, expected: expected)
          return nil
        }
        if entries.isEmpty, !isEmptyAllowed {
          reader.error("'\(name)' is empty; it needs at least one entry", at: node.position)
          return nil
        }
        if entries.count > limit {
          reader.error("'\(name)' has \(entries.count) entries; at most \(limit) are allowed", at: node.position)
          return nil
        }
        var result: [Named<Element>] = []
        for entry in entries {
          var key = entry.key
          do throws(Mistake) {
            key = try check(entry.key)
          } catch {
            reader.error(
              "\(Quoting.quoted(entry.key)) \(error.what)", at: entry.keyPosition, suggestion: error.suggestion)
          }
          if let value = element.read(entry.value, entry.key, &reader) {
            result.append(Named(name: key, namePosition: entry.keyPosition, value: value))
          }
        }
        return result
      },
      show: { $0.isEmpty ? "{}" : "{…}" })
  }

  /// A mapping with the keys of a table.
  static func section<Target>(_ section: Section<Target>) -> ValueType where Value == Located<Target> {
    ValueType(
      name: "mapping", expected: section.expected, schema: section.description.schema, sections: [section.description],
      read: { node, name, reader in section.read(node, named: name, &reader) },
      show: { _ in "" })
  }

  /// A section, or a scalar as the short form of it.
  static func section<Target>(
    _ section: Section<Target>, short: ValueType<Target>
  ) -> ValueType where Value == Located<Target> {
    ValueType(
      name: "\(short.name) or mapping", expected: "\(short.expected), or \(section.expected)",
      schema: .object(["anyOf": .array([short.schema, section.description.schema])]), sections: [section.description],
      read: { node, name, reader in
        if case .mapping = node.content { return section.read(node, named: name, &reader) }
        if case .sequence = node.content {
          reader.unexpected(node, named: name, expected: "\(short.expected), or \(section.expected)")
          return nil
        }
        return short.read(node, name, &reader).map { Located(value: $0, position: node.position) }
      },
      show: { _ in "" })
  }
}
