/// A value of the file as written, aliases replaced by what they stand for.
///
/// The parser's own nodes are not used beyond `DocumentParser`: they are typed by YAML's resolver (`no` is a boolean,
/// `1:30` a number), which would make the type of a value depend on its letters instead of on its key.
struct SourceNode: Sendable {
  enum Content: Sendable {
    case scalar(Scalar)
    case sequence([SourceNode])
    case mapping([Entry])
  }

  struct Scalar: Sendable {
    /// As written, `${NAME}` not yet replaced.
    var text: String
    /// Neither quoted nor a block: an empty one is a key without a value.
    var isPlain: Bool
    /// Not to be repeated in a message.
    var isSecret = false
  }

  struct Entry: Sendable {
    var key: String
    var keyPosition: Position
    var value: SourceNode
  }

  var position: Position
  var content: Content

  /// For messages: `'abc'`, `a list`, `a mapping`, `nothing`.
  var found: String {
    switch content {
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .scalar: isNothing ? "nothing" : quoted
    }
  }

  /// `key:` without a value, `~` or `null`.
  var isNothing: Bool {
    guard case .scalar(let scalar) = content, scalar.isPlain else { return false }
    return scalar.text.isEmpty || scalar.text == "~" || scalar.text == "null"
  }

  /// Whether what the value becomes must not be shown: what the environment tells, and a secret.
  var isConfidential: Bool {
    guard case .scalar(let scalar) = content else { return false }
    return scalar.isSecret || scalar.text.contains("${")
  }

  private var quoted: String {
    guard case .scalar(let scalar) = content else { return "" }
    return scalar.isSecret ? "a text that is not shown" : Quoting.quoted(scalar.text)
  }
}
