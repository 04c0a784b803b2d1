/// What a text leads to.
public enum GuideAnswer: Equatable, Sendable {
  case page(PageID)
  /// Nothing has that name; this page has one that is close.
  case corrected(PageID, from: String)
  /// More than one thing is meant by it, the likeliest first.
  case several([PageID])
  /// Names that exist and are the closest to it.
  case nothing(nearest: [String])
}
