/// A text of the guide in its parts: words between backticks are code, and lead to a page where they name one.
public enum Markup {
  public enum Part: Equatable, Sendable {
    case plain(String)
    case code(String)
    case link(String, PageID)
  }

  public static func parts(_ text: String) -> [Part] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated().compactMap { index, piece in
      guard !piece.isEmpty else { return nil }
      guard index % 2 == 1 else { return .plain(String(piece)) }
      let word = String(piece)
      guard let page = PageID(reference: word) else { return .code(word) }
      return .link(page.shown, page)
    }
  }

  /// Without the marks, for a terminal and for searching.
  public static func plain(_ text: String) -> String {
    parts(text).map { part in
      switch part {
      case .plain(let text), .code(let text), .link(let text, _): text
      }
    }.joined()
  }
}
