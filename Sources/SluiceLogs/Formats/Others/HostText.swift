/// Addresses as logs write them.
enum HostText {
  /// `10.0.0.1:80` and `[2001:db8::1]:80` without the port; what has none stays as it is.
  static func withoutPort(_ text: String) -> String {
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      return String(text[text.index(after: text.startIndex)..<end])
    }
    guard let colon = text.firstIndex(of: ":"), colon == text.lastIndex(of: ":") else { return text }
    return String(text[..<colon])
  }
}
