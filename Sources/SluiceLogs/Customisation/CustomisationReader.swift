internal import SluiceCore
internal import Yams

/// Reads a file of formats and signatures; every mistake is kept, and reading goes on behind it.
struct CustomisationReader {
  let file: String
  private(set) var formats: [CustomFormat] = []
  private(set) var rows: [CustomRow] = []
  private(set) var mistakes: [LogCustomisationMistake] = []

  init(file: String) { self.file = file }

  mutating func read(_ text: String) {
    guard text.utf8.count <= LogCustomisation.bytesMax else {
      return add("the file is larger than 1 MiB", at: nil)
    }
    let root: Node
    do {
      guard let node = try compose(yaml: text) else {
        return add("the file is empty; it needs 'formats' or 'signatures'", at: nil)
      }
      root = node
    } catch let error as YamlError {
      return add(error)
    } catch {
      return add("the file is not YAML: \(error)", at: nil)
    }
    guard let entries = mapping(root, "the file") else { return }
    // Formats first: signatures name them.
    let lists = entries.compactMap { entry -> (String, Node)? in
      entry.key == "formats" || entry.key == "signatures" ? (entry.key, entry.value) : nil
    }
    for entry in entries where !["formats", "signatures"].contains(entry.key) {
      addUnknown("key", entry.key, among: ["formats", "signatures"], at: entry.node)
    }
    for (_, node) in lists.filter({ $0.0 == "formats" }) {
      for item in list(node, "formats", at: LogCustomisation.formatsMax) { readFormat(item) }
    }
    for (_, node) in lists.filter({ $0.0 == "signatures" }) {
      for item in list(node, "signatures", at: LogCustomisation.rowsMax) { readSignature(item) }
    }
  }

  mutating func append(_ format: CustomFormat) { formats.append(format) }

  mutating func append(_ row: CustomRow) { rows.append(row) }

  // MARK: Mistakes

  mutating func add(_ what: String, at node: Node?, suggestion: String? = nil) {
    add(what, line: node?.mark?.line ?? 0, column: node?.mark?.column ?? 0, suggestion)
  }

  mutating func addUnknown(_ kind: String, _ word: String, among known: [String], at node: Node) {
    add("unknown \(kind) '\(word.prefix(64))'", at: node, suggestion: Spelling.nearest(to: word, in: known))
  }

  private mutating func add(_ what: String, line: Int, column: Int, _ suggestion: String?) {
    guard mistakes.count < LogCustomisation.mistakesMax else { return }
    mistakes.append(
      LogCustomisationMistake(file: file, line: line, column: column, what: what, suggestion: suggestion))
  }

  private mutating func add(_ error: YamlError) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      add("the file is not YAML: \(problem)", line: mark.line, column: mark.column, nil)
    case .duplicatedKeysInMapping(let keys, let context):
      add(
        "key '\(keys.first ?? "")' stands more than once in this mapping", line: context.mark.line,
        column: context.mark.column, nil)
    case .no, .memory, .reader, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      add("the file is not YAML", at: nil)
    }
  }

  // MARK: Values

  /// One pair of a mapping.
  struct Entry {
    let key: String
    /// The key, for its place.
    let node: Node
    let value: Node
  }

  /// nil, and a mistake, where the node is no mapping.
  mutating func mapping(_ node: Node, _ what: String) -> [Entry]? {
    guard case .mapping(let mapping) = node else {
      add("\(what) must be a mapping", at: node)
      return nil
    }
    return mapping.compactMap { key, value in
      guard case .scalar(let scalar) = key else { return nil }
      return Entry(key: scalar.string, node: key, value: value)
    }
  }

  mutating func list(_ node: Node, _ what: String, at most: Int) -> [Node] {
    guard case .sequence(let sequence) = node else {
      add("\(what) must be a list", at: node)
      return []
    }
    if sequence.count > most { add("there are more than \(most) \(what)", at: node) }
    return Array(sequence.prefix(most))
  }

  /// nil, and a mistake, where the node is no text.
  mutating func text(_ node: Node, _ what: String) -> String? {
    guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
      add("\(what) must be a text", at: node)
      return nil
    }
    return scalar.string
  }

  /// A word out of some; nil, and a mistake, where it is none of them.
  mutating func word<Value>(_ node: Node, _ what: String, among known: [(String, Value)]) -> Value? {
    guard let text = text(node, what) else { return nil }
    if let found = known.first(where: { $0.0 == text }) { return found.1 }
    let names = known.map(\.0)
    guard names.count <= Self.listedMax else {
      addUnknown(what, text, among: names, at: node)
      return nil
    }
    add(
      "unknown \(what) '\(text.prefix(64))': it is one of \(names.joined(separator: ", "))", at: node,
      suggestion: Spelling.nearest(to: text, in: names))
    return nil
  }

  /// Words that a mistake lists whole.
  private static let listedMax = 12

  mutating func product(_ node: Node) -> LogProduct? {
    word(node, "product", among: LogProduct.allCases.map { ($0.rawValue, $0) })
  }

  mutating func field(_ name: String, at node: Node) -> LogField? {
    if let field = LogField(name: name) { return field }
    addUnknown("field", name, among: LogField.allCases.map(\.name), at: node)
    return nil
  }
}
