extension Rule {
  /// Words that the glossary has another one for. The key is one word of a name, in lower case.
  static let glossaryWords: [String: String] = [
    "backend": "endpoint (one address) or upstream (the group)",
    "backends": "endpoints or upstream",
    "frontend": "listener",
    "vhost": "host of a route",
    "cluster": "upstream",
    "server": "endpoint, listener or origin",
    "servers": "endpoints, listeners or origins",
    "blacklist": "eject",
    "whitelist": "trusted, or the set's own name",
    "quarantine": "eject",
    "ban": "eject",
    "banned": "ejected",
    "resend": "replay",
    "conn": "connection",
    "req": "request",
    "resp": "response",
    "cfg": "configuration",
    "addr": "address",
    "buf": "buffer, or what is in it",
    "msg": "message",
    "hdr": "field",
    "hdrs": "fields",
    "ctx": "context",
    "cnt": "count",
    "idx": "index",
    "tmp": "what it is",
    "mgr": "what it does",
    "manager": "what it does",
    "util": "what it does",
    "utils": "what it does",
    "helper": "what it does",
    "helpers": "what it does",
  ]

  static let glossary = Rule(
    why: "one word for one thing, in code, configuration, logs and docs (docs/GLOSSARY.md)",
    instead: "use the word of the glossary",
    exempt: [
      "Sources/SluiceGateway/Resolver/": "a name server is a server",
      "Sources/SluiceConfiguration/Values/ResolverConfiguration.swift": "name servers, too",
      "Sources/SluiceConfiguration/Sections/ValueTypes.swift": "name servers, too",
      "Sources/SluiceConfiguration/Text/AddressText.swift": "name servers, too",
      "Sources/SluiceWire/ServerHello.swift": "the name of TLS's own message",
      "Sources/SluiceWire/KnownField.swift": "the names of HTTP's own fields",
      "Sources/SluiceLab/Server/": "the lab plays the server of others",
    ],
    find: { file in
      declaredNames(in: file).flatMap { line, name in
        words(of: name).compactMap { word in
          glossaryWords[word].map { (line, "\(name) says \"\(word)\"; the word is \($0)") }
        }
      }
    })

  static let todo = Rule(
    why: "a note without a reason is never picked up",
    instead: "write `TODO(what it waits for): what is to be done`, or do it",
    find: { file in
      matches(#"\b(TODO|FIXME|XXX|HACK)\b(?!\([^)]{8,}\): \S)"#, in: file.comments) { "\($0) without a reason" }
    })

  /// Names after a declaring keyword.
  static func declaredNames(in file: SourceFile) -> [(line: Int, name: String)] {
    guard
      let regex = expression(
        #"\b(?:let|var|func|struct|class|enum|actor|protocol|typealias|associatedtype|case)\s+`?(\w+)"#)
    else { return [] }
    return file.code.enumerated().flatMap { index, line in
      line.matches(of: regex).compactMap { match in
        match.output[1].substring.map { (index + 1, String($0)) }
      }
    }
  }

  /// `HTTP1UpstreamConnection` → http1, upstream, connection; `max_idle` → max, idle.
  static func words(of name: String) -> [String] {
    var words: [String] = []
    var word = ""
    let characters = Array(name)
    for (index, character) in characters.enumerated() {
      let endsAcronym =
        character.isUppercase && index > 0 && characters[index - 1].isUppercase && index + 1 < characters.count
        && characters[index + 1].isLowercase
      let beginsWord = character.isUppercase && index > 0 && !characters[index - 1].isUppercase
      if character == "_" || beginsWord || endsAcronym {
        if !word.isEmpty { words.append(word) }
        word = ""
      }
      if character != "_" { word += character.lowercased() }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }
}
