/// How secrets look within a line of text.
enum SecretInText {
  static let blank = Array("***".utf8)

  /// Ends of names, in lower case and without `-` and `_`.
  static let names: [[UInt8]] = [
    "password", "passwd", "passphrase", "pwd", "secret", "token", "apikey", "accesskey", "accesskeyid", "secretkey",
    "privatekey", "credential", "credentials", "sessionid", "sessid", "jwt", "otp", "signature",
  ].map { Array($0.utf8) }

  static let schemes = ["bearer ", "basic ", "digest "].map { Array($0.utf8) }
  static let forms = ["eyJ", "AKIA", "ghp_", "gho_", "sk_live_", "sk-", "xoxb-", "xoxp-", "glpat-"].map {
    Array($0.utf8)
  }
  /// Bytes of a token of a known form at least.
  static let tokenBytesMin = 16

  /// The secret whose name, separator or form begins at `position`.
  static func found(in bytes: [UInt8], at position: Int, _ fields: SecretFields) -> Range<Int>? {
    switch bytes[position] {
    case 0x3D, 0x3A: valueBehind(bytes, position, fields) ?? password(bytes, position)
    case 0x2D: option(bytes, position)
    default: position == 0 || !isWord(bytes[position - 1]) ? credential(bytes, position) : nil
    }
  }

  /// What stands behind the `=` or `:` of a secret's name.
  private static func valueBehind(_ bytes: [UInt8], _ separator: Int, _ fields: SecretFields) -> Range<Int>? {
    var end = separator
    while end > 0, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x22 || bytes[end - 1] == 0x27 { end -= 1 }
    guard separator - end <= 2 else { return nil }
    var start = end
    while start > 0, end - start < 64, isWord(bytes[start - 1]) || bytes[start - 1] == 0x2D { start -= 1 }
    let isField = fields.contains(Array(bytes[start..<end]))
    guard isField || isSecretName(bytes[start..<end]) else { return nil }
    var value = separator + 1
    while value < bytes.count, bytes[value] == 0x20 || bytes[value] == 0x5C { value += 1 }
    if value < bytes.count, bytes[value] == 0x3E { value += 1 }  // Ruby's `=>`
    while value < bytes.count, bytes[value] == 0x20 { value += 1 }
    guard value < bytes.count else { return nil }
    return ending(bytes, from: value, isWhole: isField)
  }

  /// To the closing quote; else to the end of the word, or of the line for a field of HTTP.
  private static func ending(_ bytes: [UInt8], from start: Int, isWhole: Bool) -> Range<Int>? {
    let quote = bytes[start]
    if quote == 0x22 || quote == 0x27 {
      var end = start + 1
      while end < bytes.count, bytes[end] != quote || bytes[end - 1] == 0x5C { end += 1 }
      return start + 1..<end
    }
    var end = start
    while end < bytes.count, bytes[end] != 0x22, bytes[end] != 0x27 {
      if !isWhole, [0x20, 0x2C, 0x3B, 0x26, 0x7D, 0x29, 0x5D, 0x09].contains(bytes[end]) { break }
      end += 1
    }
    return end > start ? start..<end : nil
  }

  /// `--password VALUE`.
  private static func option(_ bytes: [UInt8], _ position: Int) -> Range<Int>? {
    guard position + 2 < bytes.count, bytes[position + 1] == 0x2D, position == 0 || bytes[position - 1] == 0x20 else {
      return nil
    }
    var end = position + 2
    while end < bytes.count, isWord(bytes[end]) || bytes[end] == 0x2D { end += 1 }
    guard end + 1 < bytes.count, bytes[end] == 0x20, bytes[end + 1] != 0x2D,
      isSecretName(bytes[(position + 2)..<end])
    else { return nil }
    return ending(bytes, from: end + 1, isWhole: false)
  }

  /// The password of `scheme://user:password@host`; `colon` is the one before it.
  private static func password(_ bytes: [UInt8], _ colon: Int) -> Range<Int>? {
    var start = colon
    while start > 0, isUserInfo(bytes[start - 1]) { start -= 1 }
    guard start >= 3, Array(bytes[(start - 3)..<start]) == [0x3A, 0x2F, 0x2F] else { return nil }
    var end = colon + 1
    var at: Int?
    // A password may itself hold an `@`; the last one before the path ends it.
    while end < bytes.count, bytes[end] > 0x20, bytes[end] != 0x2F, bytes[end] != 0x22, bytes[end] != 0x27 {
      if bytes[end] == 0x40 { at = end }
      end += 1
    }
    guard let at, at > colon + 1 else { return nil }
    return colon + 1..<at
  }

  /// `Bearer …` and tokens that are known by how they begin.
  private static func credential(_ bytes: [UInt8], _ position: Int) -> Range<Int>? {
    let rest = bytes[position...]
    for scheme in schemes where rest.prefix(scheme.count).map({ lowercase($0) }) == scheme {
      let start = position + scheme.count
      let end = tokenEnd(bytes, from: start)
      if end - start >= 8 { return start..<end }
    }
    for form in forms where rest.starts(with: form) {
      let end = tokenEnd(bytes, from: position)
      if end - position >= tokenBytesMin { return position..<end }
    }
    return nil
  }

  private static func tokenEnd(_ bytes: [UInt8], from start: Int) -> Int {
    var end = start
    while end < bytes.count, isWord(bytes[end]) || [0x2B, 0x2D, 0x2E, 0x2F, 0x3D, 0x7E].contains(bytes[end]) {
      end += 1
    }
    return end
  }

  private static func isSecretName(_ name: ArraySlice<UInt8>) -> Bool {
    let plain = name.filter { $0 != 0x2D && $0 != 0x5F }.map(lowercase)
    return names.contains { plain.count >= $0.count && plain.suffix($0.count).elementsEqual($0) }
  }

  private static func isUserInfo(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && ![0x2F, 0x3A, 0x40, 0x22, 0x27, 0x3C, 0x3E].contains(byte)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
    default: false
    }
  }

  private static func lowercase(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
}
