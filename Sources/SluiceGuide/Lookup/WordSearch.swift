internal import SluiceCore

/// The search by words: what is left when nothing has the very name.
enum WordSearch {
  struct Entry {
    let page: PageID
    /// How much a word says for the page.
    var weights: [String: Double] = [:]
  }

  static let entries: [Entry] = Guide.pageIDs.filter { page in
    guard let kind = page.kind else { return false }
    return page != .list(kind) && kind != .comparison
  }.map(entry)

  private static func entry(_ id: PageID) -> Entry {
    let page = Guide.page(id)
    var entry = Entry(page: id)
    func add(_ text: String, _ weight: Double) {
      for word in Set(Words.of(Markup.plain(text))) { entry.weights[word] = max(entry.weights[word] ?? 0, weight) }
    }
    add(page.brief?.remedies.joined(separator: " ") ?? "", 0.5)
    add(page.brief?.why.joined(separator: " ") ?? "", 1)
    add(page.lead, 2)
    if case .cause(let cause) = id {
      for sign in SignTable.signs(of: cause) { add(sign.text, sign.causes.first == cause ? 3 : 2) }
    }
    add(page.title + " " + id.name, 4)
    return entry
  }

  /// In how many pages a word stands.
  private static let counts: [String: Int] = entries.reduce(into: [:]) { counts, entry in
    for word in entry.weights.keys { counts[word, default: 0] += 1 }
  }

  static func find(_ words: [String]) -> GuideAnswer? {
    let known = words.filter { counts[$0] != nil }
    guard !known.isEmpty, known.count * 2 >= words.count else { return nil }
    let scored = entries.map { entry in (page: entry.page, score: score(entry, known)) }
      .filter { $0.score > 0 }.sorted { ($0.score, $1.page.path) > ($1.score, $0.page.path) }
    guard let best = scored.first else { return nil }
    let near = scored.filter { $0.score >= best.score * 0.6 }.map(\.page)
    return GuideLookup.answer(near)
  }

  /// A word that stands on few pages says more (inverse document frequency, without the logarithm of the library).
  private static func score(_ entry: Entry, _ words: [String]) -> Double {
    words.reduce(0) { sum, word in
      guard let weight = entry.weights[word], let count = counts[word] else { return sum }
      return sum + weight * rarity(count)
    }
  }

  /// Halves with each quadrupling of the count.
  private static func rarity(_ count: Int) -> Double { 1 / Double(count).squareRoot() }
}
