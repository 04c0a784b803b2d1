internal import SluiceCore

/// Replaces `${NAME}` in a value.
enum EnvironmentExpansion {
  /// `$${` stands for `${` itself. Names in `kept` stay as they are: they mean something where the value is used.
  /// Throws for an unset variable, a malformed name and a missing brace. What a variable holds is not expanded again.
  static func expand(
    _ text: String, environment: [String: String], kept: Set<String> = []
  ) throws(Mistake) -> String {
    guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
    var result = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "${") {
      let before = rest[..<start.lowerBound]
      result += before
      if before.hasSuffix("$") {
        result += "{"
        rest = rest[start.upperBound...]
        continue
      }
      guard let end = rest[start.upperBound...].firstIndex(of: "}") else {
        throw Mistake("'${' has no closing brace; write '$${' for these two characters themselves")
      }
      let name = String(rest[start.upperBound..<end])
      if kept.contains(name) {
        result += "${\(name)}"
      } else {
        result += try value(of: name, environment)
      }
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  private static func value(of name: String, _ environment: [String: String]) throws(Mistake) -> String {
    let bytes = Array(name.utf8)
    guard let first = bytes.first, Characters.isLetter(first) || first == UInt8(ascii: "_"),
      bytes.allSatisfy({ Characters.isAlphanumeric($0) || $0 == UInt8(ascii: "_") })
    else {
      throw Mistake(
        "\(Quoting.quoted("${\(name)}")) is not the name of an environment variable: letters, digits and '_' only")
    }
    guard let value = environment[name] else {
      let near = Spelling.nearest(to: name, in: environment.keys.sorted())
      throw Mistake("environment variable \(Quoting.quoted(name)) is not set", suggestion: near.map { "${\($0)}" })
    }
    return value
  }
}
