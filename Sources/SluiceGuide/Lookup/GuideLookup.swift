internal import SluiceCore

/// Finds pages by what people type or paste: codes, identifiers, phrases, errno names, flags and lines of logs.
///
/// Ways that cannot be mistaken come first; the search by words is the last one.
public enum GuideLookup {
  /// Pages that are shown where more than one fits.
  static let severalMax = 8

  public static func find(_ text: String) -> GuideAnswer {
    let asked = text.trimming { " `'\".,;:?!\t\n".contains($0) }
    if asked.isEmpty { return .page(.index) }
    if let answer = codeOrError(asked) { return answer }
    if let page = PageID(reference: asked) ?? number(asked) { return .page(page) }
    if let answer = keys(asked) { return answer }
    let words = Words.of(asked)
    // What people say in words they do not mean as an identifier: connection refused is the cause, not the type.
    if asked.contains(" "), let answer = Aliases.pages(words).flatMap(answer) { return answer }
    if let page = PageID(reference: words.joined(separator: "_")) { return .page(page) }
    if let answer = codes(words) ?? Aliases.pages(words).flatMap(answer) ?? squeezed(words) { return answer }
    if let answer = keys(asked.uppercased()) { return answer }
    if let answer = signs(asked) { return answer }
    if let answer = misspelled(words) { return answer }
    if let answer = WordSearch.find(words) { return answer }
    return .nothing(nearest: nearest(words))
  }

  static func answer(_ pages: [PageID]) -> GuideAnswer? {
    var seen: Set<PageID> = []
    let unique = pages.filter { seen.insert($0).inserted }
    switch unique.count {
    case 0: return nil
    case 1: return .page(unique[0])
    default: return .several(Array(unique.prefix(severalMax)))
    }
  }

  /// Numbers that systems and shells use for errors; one that is a status, too, can mean either.
  private static func codeOrError(_ text: String) -> GuideAnswer? {
    guard let code = number(text), let errors = Aliases.pages([text]) else { return nil }
    return answer((PageID(reference: text) == nil ? [] : [code]) + errors)
  }

  /// `502`, also one that is in no table.
  private static func number(_ text: String) -> PageID? {
    guard text.allSatisfy({ $0.isASCII && $0.isNumber }), let code = Int(text), code < 1000 else { return nil }
    return .status(code)
  }

  /// `UF`, `SC--`, `AH01102`: small and capital letters differ.
  private static func keys(_ text: String) -> GuideAnswer? {
    let key = text.trimming { $0 == "-" }
    guard key.count >= 2 else { return nil }
    let signs = SignTable.all.filter { $0.keys.contains(key) }
    return answer(signs.flatMap { $0.causes.map { .cause($0) } })
  }

  private static let fillers: Set<String> = [
    "http", "error", "code", "status", "versus", "vs", "and", "or", "the", "a", "an", "difference", "between",
    "compare", "what", "is", "why", "mean", "means", "does", "1", "2", "0", "response", "i", "get", "do", "how", "to",
    "fix",
  ]

  /// One code among words that say no more than it, or several.
  private static func codes(_ words: [String]) -> GuideAnswer? {
    let codes = words.filter { $0.count == 3 && $0.allSatisfy(\.isNumber) }.compactMap { Int($0) }
    let asked = Array(Set(codes)).sorted()
    if codes.count == words.count, (2...4).contains(asked.count) { return .page(.comparison(asked)) }
    let known = asked.filter { StatusTable[$0] != nil }
    let phrases = Set(known.flatMap { Words.of(StatusTable[$0]?.phrase ?? "") })
    let rest = words.filter { $0.count != 3 || Int($0) == nil }
    guard !known.isEmpty, known.count <= 4, rest.allSatisfy({ fillers.contains($0) || phrases.contains($0) }) else {
      return nil
    }
    return .page(known.count == 1 ? .status(known[0]) : .comparison(known))
  }

  /// A phrase, or an identifier whose words were joined or parted in another way.
  private static func squeezed(_ words: [String]) -> GuideAnswer? {
    let asked = words.filter { !fillers.contains($0) }.joined()
    guard asked.count >= 3 else { return nil }
    return (phrases[asked] ?? squeezedNames[asked]).flatMap(answer)
  }

  private static let phrases: [String: [PageID]] = StatusTable.entries.reduce(into: [:]) { phrases, entry in
    phrases[Words.of(entry.phrase).joined(), default: []].append(.status(entry.code))
  }

  private static let squeezedNames: [String: [PageID]] = Guide.pageIDs.reduce(into: [:]) { names, page in
    guard let kind = page.kind, page != .list(kind) else { return }
    names[Words.of(page.name).joined(), default: []].append(page)
  }

  /// A piece of a log line, or a line that has the piece in it.
  private static func signs(_ text: String) -> GuideAnswer? {
    let asked = Words.of(text).joined(separator: " ")
    guard asked.count >= 3 else { return nil }
    let equal = signWords.filter { $0.words == asked }
    if let answer = answer(equal.flatMap(\.pages)) { return answer }
    // The line with the most in common: what it is about stands in it whole.
    let inside = signWords.filter { sign in
      sign.length >= 10 && sign.fragments.allSatisfy { " \(asked) ".contains(" \($0) ") }
    }
    if let longest = inside.map(\.length).max() {
      return answer(inside.filter { $0.length == longest }.flatMap(\.pages))
    }
    guard asked.count >= 8 else { return nil }
    return answer(signWords.filter { " \($0.words)".contains(" \(asked)") }.flatMap(\.pages))
  }

  private static let signWords = SignTable.all.map(SignWords.init)

  // MARK: What is nearly right

  private static let names: [String] =
    Guide.pageIDs.filter { $0.kind != nil && $0.kind != .status && $0.kind != .comparison }.map(\.name)
    + StatusTable.registered.map { Words.of($0.phrase).joined(separator: "_") }

  private static func misspelled(_ words: [String]) -> GuideAnswer? {
    let asked = words.joined(separator: "_")
    guard asked.count >= 4, let name = Spelling.nearest(to: asked, in: names) else { return nil }
    if let page = PageID(reference: name) { return .corrected(page, from: asked) }
    let phrase = StatusTable.registered.first { Words.of($0.phrase).joined(separator: "_") == name }
    if let phrase { return .corrected(.status(phrase.code), from: asked) }
    return Product(rawValue: name).map { .corrected(.product($0), from: asked) }
  }

  private static func nearest(_ words: [String]) -> [String] {
    let parts = Set(names.flatMap { $0.split(separator: "_").map(String.init) }).sorted()
    return words.compactMap { word in word.count >= 4 ? Spelling.nearest(to: word, in: parts) : nil }
  }
}
