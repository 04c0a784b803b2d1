internal import SluiceCore
internal import SluiceDiagnosis
internal import Yams

/// `signatures: [{id, product?, format?, when, cause | event | ignore, or?, sure?, who?, note?}]`
extension CustomisationReader {
  private static let keys = [
    "id", "product", "format", "when", "cause", "event", "ignore", "or", "sure", "who", "note",
  ]

  /// What a row says, as far as it is read.
  private struct Draft {
    var id: String?
    var product: LogProduct?
    var format: String?
    var conditions: [SignatureCondition] = []
    var cause: Cause?
    var event: LogEvent.Kind?
    var isIgnored = false
    var others: [Cause] = []
    var sure: Sureness?
    var who: Owner?
    var note: String?
  }

  mutating func readSignature(_ node: Node) {
    guard let entries = mapping(node, "a signature") else { return }
    let before = mistakes.count
    var draft = Draft()
    for entry in entries { take(entry, into: &draft) }
    for key in ["id", "when"] where !entries.contains(where: { $0.key == key }) {
      add("the signature has no '\(key)'", at: node)
    }
    let meanings = entries.count { ["event", "ignore"].contains($0.key) }
    if meanings > 1 { add("a signature means one of 'cause', 'event' and 'ignore'", at: node) }
    if meanings == 0, !entries.contains(where: { $0.key == "cause" }) {
      add("the signature needs a 'cause', an 'event' or 'ignore: true'", at: node)
    }
    guard mistakes.count == before, let id = draft.id else { return }
    let meaning: Signature.Meaning =
      if draft.isIgnored {
        .modifier(draft.note ?? "ignored")
      } else if let event = draft.event {
        .event(event, draft.cause)
      } else if let cause = draft.cause {
        .failure(cause, or: draft.others, draft.sure ?? (draft.others.isEmpty ? .certain : .likely))
      } else {
        .modifier("ignored")
      }
    let signature = Signature(
      id, draft.product ?? .other, draft.conditions, meaning, who: draft.who, note: draft.note)
    append(CustomRow(format: draft.format, product: draft.product, signature: signature))
  }

  private mutating func take(_ entry: Entry, into draft: inout Draft) {
    switch entry.key {
    case "id": draft.id = rowName(entry.value)
    case "product": draft.product = product(entry.value)
    case "format": draft.format = formatNamed(entry.value)
    case "when": draft.conditions = conditions(entry.value)
    case "cause": draft.cause = cause(entry.value)
    case "event":
      draft.event = word(entry.value, "event", among: LogEvent.Kind.allCases.map { ($0.rawValue, $0) })
    case "ignore":
      draft.isIgnored = word(entry.value, "ignore", among: [("true", true)]) ?? false
    case "or":
      for item in list(entry.value, "or", at: Cause.allCases.count) {
        if let cause = cause(item) { draft.others.append(cause) }
      }
    case "sure":
      draft.sure = word(entry.value, "sure", among: Sureness.allCases.map { ($0.rawValue, $0) })
    case "who":
      draft.who = word(entry.value, "who", among: Owner.allCases.map { ($0.identifier, $0) })
    case "note": draft.note = text(entry.value, "note")
    default: addUnknown("key", entry.key, among: Self.keys, at: entry.node)
    }
  }

  private mutating func rowName(_ node: Node) -> String? {
    guard let name = text(node, "id") else { return nil }
    if rows.contains(where: { $0.signature.id == name }) {
      add("there is another signature with the id '\(name.prefix(64))'", at: node)
    }
    return name
  }

  private mutating func cause(_ node: Node) -> Cause? {
    word(node, "cause", among: Cause.allCases.map { ($0.identifier, $0) })
  }

  private mutating func formatNamed(_ node: Node) -> String? {
    guard let name = text(node, "format") else { return nil }
    let known = formats.map(\.name) + LogFormat.all.map(\.id)
    if !known.contains(name) { addUnknown("format", name, among: known, at: node) }
    return name
  }

  // MARK: Conditions

  private mutating func conditions(_ node: Node) -> [SignatureCondition] {
    guard let entries = mapping(node, "when") else { return [] }
    if entries.isEmpty { add("when needs at least one field", at: node) }
    var conditions: [SignatureCondition] = []
    for entry in entries {
      guard let field = field(entry.key, at: entry.node) else { continue }
      switch entry.value {
      case .scalar:
        guard let text = text(entry.value, entry.key) else { continue }
        conditions.append(Self.isExact(field) ? .is(field, [text]) : .contains(field, text))
      case .sequence(let items):
        let texts = items.compactMap { text($0, entry.key) }
        conditions.append(Self.isExact(field) ? .is(field, texts) : .containsAny(field, texts))
      case .mapping: conditions += compared(field, entry.value)
      case .alias: add("aliases are not supported here", at: entry.value)
      }
    }
    return conditions
  }

  /// `{contains, starts, is, none, missing, present, from, to}`
  private mutating func compared(_ field: LogField, _ node: Node) -> [SignatureCondition] {
    guard let entries = mapping(node, field.name) else { return [] }
    var conditions: [SignatureCondition] = []
    var (from, to): (Double?, Double?) = (nil, nil)
    for entry in entries {
      switch entry.key {
      case "contains": conditions += texts(entry.value, entry.key).map { .contains(field, $0) }
      case "starts": conditions += texts(entry.value, entry.key).prefix(1).map { .starts(field, $0) }
      case "is": conditions.append(.is(field, texts(entry.value, entry.key)))
      case "none": conditions.append(.containsNone(field, texts(entry.value, entry.key)))
      case "missing": conditions.append(.missing(field))
      case "present": conditions.append(.present(field))
      case "from": from = number(entry.value)
      case "to": to = number(entry.value)
      default:
        addUnknown(
          "comparison", entry.key, among: ["contains", "starts", "is", "none", "missing", "present", "from", "to"],
          at: entry.node)
      }
    }
    if from != nil || to != nil {
      let (lower, upper) = (from ?? -.infinity, to ?? .infinity)
      if lower > upper {
        add("'from' is larger than 'to'", at: node)
      } else {
        conditions.append(.number(field, lower...upper))
      }
    }
    return conditions
  }

  private mutating func texts(_ node: Node, _ what: String) -> [String] {
    if case .sequence(let items) = node { return items.compactMap { text($0, what) } }
    return text(node, what).map { [$0] } ?? []
  }

  private mutating func number(_ node: Node) -> Double? {
    guard let text = text(node, "a number") else { return nil }
    guard let number = Double(text), !number.isNaN else {
      add("'\(text.prefix(64))' is no number", at: node)
      return nil
    }
    return number
  }

  /// Whether a text is the whole field and not a part of it.
  private static func isExact(_ field: LogField) -> Bool {
    [.status, .upstreamStatus, .method, .level, .errorCode, .action, .retries].contains(field)
  }
}
