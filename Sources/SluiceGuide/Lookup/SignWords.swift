internal import SluiceCore

/// A sign as the lookup compares it.
struct SignWords {
  /// All its words.
  let words: String
  /// What always stands in the line: the parts between those that vary.
  let fragments: [String]
  /// Letters of the fragments: the more, the surer.
  let length: Int
  /// The likeliest first.
  let pages: [PageID]

  init(_ sign: ProductSign) {
    words = Words.of(sign.text).joined(separator: " ")
    fragments = sign.text.split(separator: "…").map { Words.of($0).joined(separator: " ") }.filter { !$0.isEmpty }
    length = fragments.reduce(0) { $0 + $1.count }
    pages = sign.causes.map { .cause($0) }
  }
}
