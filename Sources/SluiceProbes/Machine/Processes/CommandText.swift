/// A command line as it may be kept and shown: secrets in it are blanked.
enum CommandText {
  /// Bytes that are read of it, and characters that are kept.
  static let bytesMax = 4096
  static let charactersMax = 512

  private static let blank = "***"
  private static let secretWords = [
    "password", "passwd", "passphrase", "secret", "token", "apikey", "api-key", "api_key", "credential", "private-key",
    "private_key", "auth", "dsn",
  ]

  /// - Parameter bytes: of `/proc/PID/cmdline`, where a zero ends each argument.
  static func text(_ bytes: [UInt8]) -> String {
    let arguments = bytes.prefix(bytesMax).split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    return String(blanked(arguments).joined(separator: " ").prefix(charactersMax))
  }

  /// Values of options whose names look like secrets, as one argument (`--token=x`, `TOKEN=x`) or two (`--token x`),
  /// and what stands between `user:` and `@` in a URL.
  static func blanked(_ arguments: [String]) -> [String] {
    var isValueNext = false
    return arguments.map { argument in
      if isValueNext {
        isValueNext = false
        if !argument.hasPrefix("-") { return blank }
      }
      if let equals = argument.firstIndex(of: "="), isSecret(argument[..<equals]) {
        return argument[...equals] + blank
      }
      if argument.hasPrefix("-"), !argument.contains("="), isSecret(argument[...]) {
        isValueNext = true
        return argument
      }
      return withoutPassword(argument)
    }
  }

  private static func isSecret(_ name: Substring) -> Bool {
    guard name.count <= 64, !name.contains(" ") else { return false }
    let lower = name.lowercased()
    return secretWords.contains { lower.contains($0) }
  }

  /// `postgres://user:password@host` becomes `postgres://user:***@host`.
  private static func withoutPassword(_ argument: String) -> String {
    guard let scheme = argument.range(of: "://") else { return argument }
    let rest = argument[scheme.upperBound...]
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != " " && $0 != "'" && $0 != "\"" }
    guard let at = authority.lastIndex(of: "@"), let colon = authority[..<at].firstIndex(of: ":") else {
      return argument
    }
    return argument[...colon] + blank + argument[at...]
  }

  /// The same with every number replaced: a program that is started again with another port has the same.
  static func withoutNumbers(_ command: String) -> String {
    var text = ""
    for character in command {
      if !character.isNumber { text.append(character) } else if text.last != "#" { text.append("#") }
    }
    return text
  }
}
