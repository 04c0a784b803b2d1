/// A part of a section.
///
/// In its texts a word between backticks is code. Where it names a page (`502`, `connect_refused`), it leads there.
public enum GuideBlock: Equatable, Sendable {
  case paragraph(String)
  case list([String])
  case steps([GuideStep])
  case table(GuideTable)
  case questions([GuideQuestion])
}

extension GuideBlock: Encodable {
  private enum Key: String, CodingKey { case paragraph, list, steps, table, questions }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .paragraph(let text): try container.encode(text, forKey: .paragraph)
    case .list(let items): try container.encode(items, forKey: .list)
    case .steps(let steps): try container.encode(steps, forKey: .steps)
    case .table(let table): try container.encode(table, forKey: .table)
    case .questions(let questions): try container.encode(questions, forKey: .questions)
    }
  }
}
