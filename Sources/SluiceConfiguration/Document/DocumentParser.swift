internal import SluiceCore
internal import Yams

/// YAML text to `SourceNode`s, within bounds.
///
/// Aliases are resolved here and not by the YAML library, for two reasons. It compares the keys of every mapping, and a
/// key that is an alias of an alias of an alias would take it exponential time. And a node that it puts in an alias's
/// place has the position of the anchor, while a diagnostic should point at the use. So each `*` is replaced by a
/// character that the text does not have, the library sees a plain text where an alias was, and `*` is put back here.
struct DocumentParser {
  private var anchors: [String: SourceNode] = [:]
  private var nodesLeft = ConfigurationBounds.nodes
  /// Mistakes that do not end the parsing.
  private var mistakes: [SourceFile.Located] = []
  private let marker: Unicode.Scalar
  private let text: String

  struct Result {
    var root: SourceNode
    var mistakes: [SourceFile.Located]
  }

  /// Throws where the text is empty, no YAML, or beyond a bound.
  static func parse(_ text: String) throws(SourceFile.Located) -> Result {
    var parser = try DocumentParser(text)
    let root = try parser.document()
    return Result(root: root, mistakes: parser.mistakes)
  }

  private init(_ text: String) throws(SourceFile.Located) {
    let used = Set(text.unicodeScalars.lazy.filter { (0xE000...0xE0FF).contains($0.value) })
    let free = (UInt32(0xE000)...0xE0FF).lazy.compactMap(Unicode.Scalar.init).first { !used.contains($0) }
    guard let free else {
      throw SourceFile.Located(
        mistake: Mistake("the file has over 255 different private-use characters, which is no text"))
    }
    marker = free
    self.text = text
  }

  private mutating func document() throws(SourceFile.Located) -> SourceNode {
    var masked = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { masked.append(scalar == "*" ? marker : scalar) }
    do {
      // The parser must live on while nodes are read: it owns their anchors.
      let parser = try Parser(yaml: String(masked), resolver: .basic, encoding: .utf8)
      let root = try parser.singleRoot()
      return try withExtendedLifetime(parser) {
        guard let root else { throw emptyFile }
        let node = try convert(root, depth: 1)
        if node.isNothing { throw emptyFile }
        return node
      }
    } catch let error as SourceFile.Located {
      throw error
    } catch let error as YamlError {
      throw YAMLErrorReader(text: text, marker: marker).read(error)
    } catch {
      throw SourceFile.Located(mistake: Mistake("the file is not YAML: \(error)"))
    }
  }

  private var emptyFile: SourceFile.Located {
    SourceFile.Located(mistake: Mistake("the file is empty; it needs at least listeners and upstreams"))
  }

  private mutating func convert(_ node: Node, depth: Int) throws(SourceFile.Located) -> SourceNode {
    let position = node.mark.map { Position(line: $0.line, column: $0.column) } ?? .whole
    guard depth <= ConfigurationBounds.nestingDepth else {
      throw tooMuch("lists and mappings are nested more than \(ConfigurationBounds.nestingDepth) deep", position)
    }
    try spend(1, at: position)
    try refuseTag(of: node, at: position)
    let result: SourceNode
    switch node {
    case .scalar(let scalar):
      if isAlias(scalar) { return try resolve(scalar, at: position, depth: depth) }
      let content = SourceNode.Scalar(text: unmasked(scalar.string), isPlain: scalar.style == .plain)
      result = SourceNode(position: position, content: .scalar(content))
    case .sequence(let sequence):
      var items: [SourceNode] = []
      for item in sequence { items.append(try convert(item, depth: depth + 1)) }
      result = SourceNode(position: position, content: .sequence(items))
    case .mapping(let mapping):
      var entries: [SourceNode.Entry] = []
      for (key, value) in mapping {
        entries.append(try convert(key: key, value: value, in: position, depth: depth))
      }
      result = SourceNode(position: position, content: .mapping(entries))
    case .alias:
      throw tooMuch("aliases of this form are not supported", position)
    }
    if let anchor = node.anchor { anchors[anchor.rawValue] = result }
    return result
  }

  private mutating func convert(
    key: Node, value: Node, in position: Position, depth: Int
  ) throws(SourceFile.Located) -> SourceNode.Entry {
    let place = key.mark.map { Position(line: $0.line, column: $0.column) } ?? position
    guard case .scalar(let scalar) = key, !isAlias(scalar) else {
      throw tooMuch("a key must be plain text, neither a list, a mapping nor an alias", place)
    }
    let name = unmasked(scalar.string)
    if name == "<<", scalar.style == .plain {
      throw tooMuch(
        "merging with '<<' is not supported; use an alias for a whole value, such as 'timeouts: *slow'", place)
    }
    return SourceNode.Entry(key: name, keyPosition: place, value: try convert(value, depth: depth + 1))
  }

  private func isAlias(_ scalar: Node.Scalar) -> Bool {
    scalar.style == .plain && scalar.string.unicodeScalars.first == marker
  }

  private mutating func resolve(
    _ scalar: Node.Scalar, at position: Position, depth: Int
  ) throws(SourceFile.Located) -> SourceNode {
    let name = String(unmasked(scalar.string).dropFirst())
    guard var target = anchors[name] else {
      let isName = !name.isEmpty && name.utf8.allSatisfy(Characters.isAnchor)
      if !isName {
        // What people mean by a `*` in front is nearly always a wildcard.
        let meant = "*\(name)"
        mistakes.append(
          SourceFile.Located(
            mistake: Mistake(
              "a value that begins with '*' must be in quotes, since YAML takes it for an alias: write "
                + "\(Quoting.quoted(meant)) with them"), position: position))
        return SourceNode(position: position, content: .scalar(SourceNode.Scalar(text: meant, isPlain: false)))
      }
      throw SourceFile.Located(
        mistake: Mistake(
          "alias '*\(name)' has no anchor '&\(name)' before it",
          suggestion: Spelling.nearest(to: name, in: anchors.keys.sorted()).map { "*\($0)" }), position: position)
    }
    let extent = Self.extent(of: target)
    guard depth + extent.depth <= ConfigurationBounds.nestingDepth else {
      throw tooMuch("lists and mappings are nested more than \(ConfigurationBounds.nestingDepth) deep", position)
    }
    try spend(extent.nodes, at: position)
    target.position = position
    return target
  }

  /// The values within a node and the levels below it; the node itself was paid for already.
  private static func extent(of node: SourceNode) -> (nodes: Int, depth: Int) {
    let children: [SourceNode]
    switch node.content {
    case .scalar: return (0, 0)
    case .sequence(let items): children = items
    case .mapping(let entries): children = entries.map(\.value)
    }
    var nodes = children.count
    var depth = 0
    for child in children {
      let inner = extent(of: child)
      nodes += inner.nodes
      depth = max(depth, inner.depth)
    }
    return (nodes, depth + 1)
  }

  private mutating func spend(_ count: Int, at position: Position) throws(SourceFile.Located) {
    nodesLeft -= count
    if nodesLeft < 0 {
      throw tooMuch(
        "there are more than \(ConfigurationBounds.nodes) values, each use of an alias counted in full", position)
    }
  }

  private func refuseTag(of node: Node, at position: Position) throws(SourceFile.Located) {
    let tag = node.tag.rawValue
    let ordinary = ["tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"]
    if !ordinary.contains(tag) {
      throw tooMuch("YAML tags are not supported; remove \(Quoting.quoted(unmasked(tag)))", position)
    }
  }

  private func tooMuch(_ what: String, _ position: Position) -> SourceFile.Located {
    SourceFile.Located(mistake: Mistake(what), position: position)
  }

  private func unmasked(_ text: String) -> String {
    guard text.unicodeScalars.contains(marker) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { result.append(scalar == marker ? "*" : scalar) }
    return String(result)
  }
}
