internal import SluiceCore

/// A mapping of the file: its keys, each said once. Decoding, the suggestions for unknown keys, the reference and the
/// JSON Schema all come from this table.
struct Section<Target> {
  /// Its place in the file: `upstreams.NAME.timeouts`.
  var path: String
  var doc: String
  /// The value where no key is given.
  var defaults: Target
  var keys: [Key<Target>]

  init(_ path: String, _ doc: String, defaults: Target, keys: [Key<Target>]) {
    self.path = path
    self.doc = doc
    self.defaults = defaults
    self.keys = keys
  }

  /// `a mapping with keys such as 'connect' and 'tls'`
  var expected: String {
    let names = keys.lazy.filter { !$0.isLater }.prefix(2).map { "'\($0.name)'" }
    return "a mapping with \(keys.count == 1 ? "the key" : "keys such as") \(names.joined(separator: " and "))"
  }

  /// Reads each key that is given; a key with a mistake keeps its default, so that the others are checked too. What is
  /// no mapping at all is told, and the defaults stand in: nothing is then said to be missing that was only misread.
  func read(_ node: SourceNode, named name: String, _ reader: inout Reader) -> Located<Target> {
    var result = Located(value: defaults, position: node.position)
    guard case .mapping(let entries) = node.content else {
      reader.unexpected(node, named: name, expected: expected)
      return result
    }
    for entry in entries {
      guard let key = keys.first(where: { $0.name == entry.key }) else {
        // A misspelt key was meant to be given: it is not said to be missing too.
        if let meant = unknown(entry, &reader) { result.given.insert(meant) }
        continue
      }
      result.given.insert(key.name)
      if key.read(&result.value, entry, &reader) { result.keys[key.name] = entry.value.position }
    }
    for key in keys where key.isRequired && !result.given.contains(key.name) {
      let place = path.isEmpty ? "" : " in '\(name)'"
      reader.error("'\(key.name)' is missing\(place); it is \(key.expected)", at: node.position)
    }
    return result
  }

  /// The key that was probably meant.
  private func unknown(_ entry: SourceNode.Entry, _ reader: inout Reader) -> String? {
    let known = keys.lazy.filter { !$0.isLater }.map(\.name)
    let suggestion = Spelling.nearest(to: entry.key, in: known)
    // With nothing close, a short list of what there is helps more than silence.
    let list = suggestion == nil ? "; the keys here are \(known.joined(separator: ", "))" : ""
    reader.error("unknown key \(Quoting.quoted(entry.key))\(list)", at: entry.keyPosition, suggestion: suggestion)
    return suggestion
  }

  var description: SectionDescription {
    SectionDescription(path: path, doc: doc, keys: keys.map { $0.describe(defaults) })
  }
}
