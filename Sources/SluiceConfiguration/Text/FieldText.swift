/// Names and values of HTTP fields, methods and tokens.
enum FieldText {
  /// A token of RFC 9110 5.6.2 in lower case.
  static func name(_ text: String) throws(Mistake) -> String {
    guard (1...256).contains(text.utf8.count), text.utf8.allSatisfy(Characters.isToken) else {
      let trimmed = text.hasSuffix(":") ? String(text.dropLast()) : nil
      throw Mistake("is not a header name: letters, digits and '-' only", suggestion: trimmed)
    }
    return text.lowercased()
  }

  /// Fields that describe a message's framing or one connection: the gateway makes them itself, and a second opinion
  /// would let two servers read one message differently (RFC 9110 7.6.1, RFC 9112 6).
  static let ownFields: Set<String> = [
    "connection", "content-length", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
  ]

  /// A name that a route may set or remove.
  static func editableName(_ text: String) throws(Mistake) -> String {
    let name = try name(text)
    if ownFields.contains(name) { throw Mistake("cannot be set or removed: the gateway makes this header itself") }
    if name == "host" { throw Mistake("cannot be set here; use the route's 'upstreamHost'") }
    return name
  }

  /// RFC 9110 5.5: visible characters, spaces and tabs, and bytes above ASCII.
  static func value(_ text: String) throws(Mistake) -> String {
    guard text.utf8.allSatisfy({ ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }) else {
      throw Mistake("a header value cannot contain line breaks or control characters")
    }
    guard text.utf8.count <= 8192 else { throw Mistake("a header value has at most 8192 bytes") }
    // Surrounding whitespace is no part of a value.
    let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    var value = text[...].drop(while: isSpace)
    while let last = value.last, isSpace(last) { value.removeLast() }
    return String(value)
  }

  /// Methods are case-sensitive (RFC 9110 9.1), and those that exist are upper case.
  static func method(_ text: String) throws(Mistake) -> String {
    guard (1...32).contains(text.utf8.count), text.utf8.allSatisfy(Characters.isToken) else {
      throw Mistake("it is not a method")
    }
    guard text == text.uppercased() else { throw Mistake("methods are upper case", suggestion: text.uppercased()) }
    if text == "*" || text == "ANY" || text == "ALL" { throw Mistake("leave 'methods' out for every method") }
    return text
  }

  /// A token that a structured field can hold too (RFC 8941 3.3.4): it begins with a letter.
  static func installationName(_ text: String) throws(Mistake) -> String {
    guard let first = text.utf8.first, Characters.isLetter(first), text.utf8.count <= 64,
      text.utf8.allSatisfy(Characters.isName)
    else {
      throw Mistake("a name begins with a letter and has letters, digits, '-', '_' and '.', 64 at most")
    }
    return text
  }

  static func upstreamName(_ text: String) throws(Mistake) -> String {
    guard (1...64).contains(text.utf8.count), text.utf8.allSatisfy(Characters.isName) else {
      throw Mistake("is not a name: letters, digits, '-', '_' and '.', 64 at most")
    }
    return text
  }

  /// RFC 6265 4.1.1: a cookie's name is a token.
  static func cookieName(_ text: String) throws(Mistake) -> String {
    guard (1...64).contains(text.utf8.count), text.utf8.allSatisfy(Characters.isToken) else {
      throw Mistake("a cookie's name has letters, digits, '-' and '_', 64 at most")
    }
    return text
  }
}
