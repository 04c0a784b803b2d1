/// What a change of kind `addresses` says, as its text: where a name leads, and led before.
public struct NameMove: Equatable, Sendable {
  /// Addresses of each side that are kept.
  public static let addressesMax = 4

  public var name: String
  /// Without ports.
  public var before: [String]
  public var after: [String]

  public init(name: String, before: [String], after: [String]) {
    self.name = name
    self.before = Array(before.prefix(Self.addressesMax))
    self.after = Array(after.prefix(Self.addressesMax))
  }

  /// `app.test leads to 10.0.0.7, before it was 10.0.0.5, 10.0.0.6`.
  public var text: String {
    "\(name) leads to \(after.joined(separator: ", ")), before it was \(before.joined(separator: ", "))"
  }

  /// nil where the text is none of `text`.
  public init?(text: String) {
    // Names and addresses hold no spaces.
    let words = text.split(separator: " ").map(String.init)
    guard words.count >= 8, words[1] == "leads", words[2] == "to", let turn = words.firstIndex(of: "before"),
      words.count > turn + 3, words[turn + 1] == "it", words[turn + 2] == "was"
    else { return nil }
    name = words[0]
    after = words[3..<turn].map(Self.address)
    before = words[(turn + 3)...].map(Self.address)
    guard !name.isEmpty, !after.isEmpty, !before.isEmpty else { return nil }
  }

  private static func address(_ word: String) -> String { word.hasSuffix(",") ? String(word.dropLast()) : word }
}
