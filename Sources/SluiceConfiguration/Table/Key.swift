/// One key of a section.
struct Key<Target> {
  var name: String
  var isRequired: Bool
  /// Belongs to a version to come: an error, since ignoring it would be a surprise.
  var isLater: Bool
  var expected: String
  /// True: the value was read.
  var read: (inout Target, SourceNode.Entry, inout Reader) -> Bool
  var describe: (Target) -> KeyDescription

  /// A key with a default, which is what `path` holds in the section's defaults.
  init<Value>(
    _ name: String, _ path: WritableKeyPath<Target, Value>, _ type: ValueType<Value>, default text: String? = nil,
    _ doc: String
  ) {
    self.init(
      name, type, isRequired: false, doc: doc,
      default: { text ?? type.show($0[keyPath: path]) },
      assign: { $0[keyPath: path] = $1 })
  }

  /// A key without a value unless it is given. `text` says what its absence means.
  init<Value>(
    _ name: String, _ path: WritableKeyPath<Target, Value?>, _ type: ValueType<Value>, absent text: String,
    _ doc: String
  ) {
    self.init(
      name, type, isRequired: false, doc: doc, default: { _ in text }, assign: { $0[keyPath: path] = $1 })
  }

  /// A key that must be given.
  init<Value>(
    required name: String, _ path: WritableKeyPath<Target, Value?>, _ type: ValueType<Value>, _ doc: String
  ) {
    self.init(name, type, isRequired: true, doc: doc, default: { _ in "" }, assign: { $0[keyPath: path] = $1 })
  }

  private init<Value>(
    _ name: String, _ type: ValueType<Value>, isRequired: Bool, doc: String,
    default text: @escaping (Target) -> String, assign: @escaping (inout Target, Value) -> Void
  ) {
    self.name = name
    self.isRequired = isRequired
    isLater = false
    expected = type.expected
    read = { target, entry, reader in
      guard let value = type.read(entry.value, name, &reader) else { return false }
      assign(&target, value)
      return true
    }
    describe = {
      KeyDescription(
        name: name, type: type.name, defaultText: text($0), doc: doc, isRequired: isRequired, isLater: false,
        schema: type.schema, sections: type.sections)
    }
  }

  /// A key that only a version to come understands.
  init(later name: String, _ doc: String) {
    self.name = name
    isRequired = false
    isLater = true
    expected = ""
    read = { _, entry, reader in
      reader.error("'\(name)' is not supported yet: \(doc)", at: entry.keyPosition)
      return false
    }
    describe = { _ in
      KeyDescription(
        name: name, type: "", defaultText: "", doc: doc, isRequired: false, isLater: true, schema: .object([:]),
        sections: [])
    }
  }
}
