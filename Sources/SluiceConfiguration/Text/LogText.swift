/// Places that are logged to or read from.
enum LogText {
  /// A file, or `journal:UNIT`.
  static func source(_ text: String) throws(Mistake) -> LogSource {
    guard text.hasPrefix("journal:") else { return .file(path: try path(text)) }
    let unit = String(text.dropFirst(8))
    guard (1...255).contains(unit.utf8.count),
      unit.utf8.allSatisfy({ Characters.isName($0) || "@:\\".utf8.contains($0) })
    else { throw Mistake("what follows 'journal:' is not the name of a unit") }
    return .journal(unit: unit)
  }

  /// A file, or `-` for standard output.
  static func destination(_ text: String) throws(Mistake) -> AccessLogConfiguration.Destination {
    text == "-" ? .standardOutput : .file(path: try path(text))
  }

  /// A file, or `off`.
  static func store(_ text: String) throws(Mistake) -> IncidentsConfiguration.Store {
    switch text {
    case "off": return .off
    case "no", "none", "false": throw Mistake("", suggestion: "off")
    default: return .file(path: try path(text))
    }
  }

  static func path(_ text: String) throws(Mistake) -> String {
    if text.hasSuffix("/") { throw Mistake("it is a directory; name the file in it") }
    guard text.utf8.count <= 4095 else { throw Mistake("a path has at most 4095 bytes") }
    return text
  }

  /// `mailto:`, `https:` or `http:`, without what could leave the attribute of a page that it stands in.
  static func contact(_ text: String) throws(Mistake) -> String {
    try checkCharacters(ofURL: text)
    if ["mailto:", "https://", "http://"].contains(where: { text.hasPrefix($0) && text.count > $0.count }) {
      return text
    }
    throw Mistake("it begins with mailto: or https://", suggestion: text.contains("@") ? "mailto:\(text)" : nil)
  }

  /// A folder at an `https:` or `http:` address, to which names of pages are added; without the slash at its end.
  static func guide(_ text: String) throws(Mistake) -> String {
    try checkCharacters(ofURL: text)
    if let end = text.firstIndex(where: { $0 == "?" || $0 == "#" }) {
      throw Mistake("names of pages are added to it, so it has no '?' and no '#'", suggestion: String(text[..<end]))
    }
    var folder = text[...]
    if folder.hasSuffix("/index.html") { folder = folder.dropLast(10) }
    while folder.hasSuffix("/") { folder = folder.dropLast() }
    if ["https://", "http://"].contains(where: { folder.hasPrefix($0) && folder.count > $0.count }) {
      return String(folder)
    }
    throw Mistake("it begins with https://", suggestion: text.contains(":") ? nil : "https://\(text)")
  }

  private static func checkCharacters(ofURL text: String) throws(Mistake) {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\"<>'`".utf8.contains($0) }) else {
      throw Mistake("it has a character that a URL cannot have")
    }
    guard text.utf8.count <= 512 else { throw Mistake("a URL here has at most 512 bytes") }
  }
}
