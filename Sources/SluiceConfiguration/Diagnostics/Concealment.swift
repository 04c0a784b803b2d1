/// Keeps what stands below `alerts`, `admin` and `tracing` out of messages: the URL of a webhook is a credential, and
/// so is a token.
///
/// # Why this way
/// A message shows the line that it is about and repeats the value, which helps for all but these. A file with a
/// mistake may hold the secret at any place below the key: a list is missing, a colon is misplaced, the YAML is broken.
/// So the rule goes by the place and not by the meaning: from such lines nothing is shown, and of the values only words
/// that cannot be secret.
enum Concealment {
  /// Keys of the root whose values are concealed begin so; what was misspelt counts too.
  private static let prefixes = ["alert", "admin", "trac"]
  /// Keys below them whose values say nothing secret.
  private static let open: Set<String> = [
    "format", "persistsAfter", "events", "address", "sample", "failures", "untrusted", "service",
  ]

  private static func isConcealed(_ key: some StringProtocol) -> Bool {
    prefixes.contains { key.prefix($0.count).lowercased() == $0 }
  }

  /// The numbers of the lines below such a key, from 1, as the text alone tells them: for a file that is not YAML.
  static func lines(_ lines: [Substring]) -> Set<Int> {
    var result: Set<Int> = []
    var isInside = false
    for (index, line) in lines.enumerated() {
      let begin = line.drop { $0 == "\"" || $0 == "'" }
      if let first = begin.utf8.first, Characters.isAlphanumeric(first) {
        isInside = isConcealed(begin)
      }
      if isInside { result.insert(index + 1) }
    }
    return result
  }

  /// The root with those values concealed, and the numbers of the lines that they stand in.
  static func conceal(_ root: SourceNode) -> (root: SourceNode, lines: Set<Int>) {
    guard case .mapping(var entries) = root.content else { return (root, []) }
    var lines: Set<Int> = []
    for index in entries.indices where isConcealed(entries[index].key) {
      lines.insert(entries[index].keyPosition.line)
      entries[index].value = concealed(entries[index].value, &lines)
    }
    var root = root
    root.content = .mapping(entries)
    return (root, lines)
  }

  private static func concealed(_ node: SourceNode, _ lines: inout Set<Int>) -> SourceNode {
    var node = node
    lines.insert(node.position.line)
    switch node.content {
    case .scalar(var scalar):
      scalar.isSecret = true
      node.content = .scalar(scalar)
    case .sequence(let items):
      node.content = .sequence(items.map { concealed($0, &lines) })
    case .mapping(let entries):
      node.content = .mapping(
        entries.map { entry in
          var entry = entry
          lines.insert(entry.keyPosition.line)
          // A missing space makes `url:https://…` one key.
          let name = String(Substring(entry.key.utf8.prefix { Characters.isName($0) }))
          if name != entry.key { entry.key = "\(name)…" }
          if !open.contains(entry.key) { entry.value = concealed(entry.value, &lines) }
          return entry
        })
    }
    return node
  }
}
