/// The URL of a webhook. No message here repeats a part of it: its path is a credential.
enum WebhookText {
  static let bytesMax = 2048

  /// `https://host[:port][/path][?query]`, or `http` for a receiver nearby.
  static func parse(_ text: String) throws(Mistake) -> WebhookURL {
    guard text.utf8.count <= bytesMax else { throw Mistake("it has more than \(bytesMax) bytes") }
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\"<>\\^`{|}".utf8.contains($0) }) else {
      throw Mistake("it has a character that a URL cannot have")
    }
    let isEncrypted = text.hasPrefix("https://")
    guard isEncrypted || text.hasPrefix("http://") else { throw Mistake("it begins with https:// or http://") }
    let rest = text.dropFirst(isEncrypted ? 8 : 7)
    if rest.contains("#") { throw Mistake("it has a fragment, which is never sent") }
    let authority = rest.prefix { !"/?".contains($0) }
    // A password before '@' would be shown as a part of the host by those who read it otherwise.
    if authority.contains("@") { throw Mistake("it has a user or password; give them in 'headers'") }
    let host: String
    do throws(Mistake) {
      host = try HostText.hostAndPort(String(authority), defaultPort: isEncrypted ? 443 : 80).host
    } catch {
      throw Mistake(error.what)
    }
    let isLocal = host == "localhost" || host == "::1" || (IPText.canonicalIPv4(host) != nil && host.hasPrefix("127."))
    return WebhookURL(text: text, place: authority.lowercased(), isExposed: !isEncrypted && !isLocal)
  }

  /// Fields that are made for each alert.
  static let ownFields: Set<String> = ["content-type", "host", "idempotency-key", "user-agent"]

  static func headerName(_ text: String) throws(Mistake) -> String {
    let name = try FieldText.name(text)
    if ownFields.contains(name) || FieldText.ownFields.contains(name) {
      throw Mistake("cannot be set: it is made for each alert")
    }
    return name
  }
}
