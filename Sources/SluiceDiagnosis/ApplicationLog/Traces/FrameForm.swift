/// Which language writes its frames like an indented line.
enum FrameForm {
  /// nil: it is no frame.
  static func language(of body: ArraySlice<UInt8>) -> String? {
    let indentation = body.prefix { $0 == 0x20 || $0 == 0x09 }
    let rest = body[indentation.endIndex...]
    if rest.starts(with: "at ".utf8) { return language(ofFrame: rest.dropFirst(3), indentation: indentation) }
    if rest.starts(with: "from ".utf8), endsLikeRuby(rest) { return "ruby" }
    return nil
  }

  private static func language(ofFrame frame: ArraySlice<UInt8>, indentation: ArraySlice<UInt8>) -> String? {
    guard frame.count >= 3, let last = frame.last else { return nil }
    if hasLineAndColumn(frame) || frame.starts(with: "new ".utf8) || frame.starts(with: "async ".utf8)
      || frame.contains(subsequence: "<anonymous>") || frame.contains(subsequence: "(node:")
    {
      return "node"
    }
    let inner = frame.reversed().prefix { $0 != 0x28 }.reversed()
    let file = String(decoding: inner, as: UTF8.self)
    let isJava =
      last == 0x29
      && (["Native Method)", "Unknown Source)"].contains(file)
        || [".java:", ".kt:", ".scala:", ".groovy:", ".clj:", ".java)", ".kt)"].contains { file.contains($0) })
    if isJava || frame.contains(subsequence: "~[") || frame.contains(subsequence: " [classes") { return "java" }
    if frame.contains(subsequence: ":line ") || last == 0x29 && frame.contains(0x2E) && indentation.count == 3 {
      return "dotnet"
    }
    return nil
  }

  /// `:12:34` or `:12:34)` at the end.
  private static func hasLineAndColumn(_ frame: ArraySlice<UInt8>) -> Bool {
    var rest = frame
    if rest.last == 0x29 { rest.removeLast() }
    for _ in 0..<2 {
      let digits = rest.reversed().prefix(while: \.isDigit).count
      guard digits > 0, digits < 8, rest.count > digits else { return false }
      rest.removeLast(digits)
      guard rest.last == 0x3A else { return false }
      rest.removeLast()
    }
    return true
  }

  /// `file.rb:12:in 'name'`.
  private static func endsLikeRuby(_ rest: ArraySlice<UInt8>) -> Bool {
    rest.contains(subsequence: ":in ") || rest.contains(subsequence: ".rb:")
  }
}

extension ArraySlice<UInt8> {
  func contains(subsequence text: StaticString) -> Bool {
    text.withUTF8Buffer { wanted in
      guard count >= wanted.count else { return false }
      return (startIndex...(endIndex - wanted.count)).contains { self[$0...].starts(with: wanted) }
    }
  }
}
