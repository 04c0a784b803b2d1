extension Rule {
  /// Which of our own targets a target may see. Dependencies point one way.
  static let directions: [String: Set<String>] = [
    "CCares": [],
    "CLinux": [],
    "SluiceWire": [],
    "SluiceCore": ["SluiceWire"],
    "SluiceConfiguration": ["SluiceWire", "SluiceCore"],
    "SluiceIncidents": ["SluiceWire", "SluiceCore"],
    "SluiceDiagnosis": ["SluiceWire", "SluiceCore", "SluiceIncidents"],
    "CZlib": [],
    "CScan": [],
    "SluiceLogs": ["SluiceWire", "SluiceCore", "SluiceIncidents", "SluiceDiagnosis", "CZlib", "CScan"],
    "SluiceGuide": ["SluiceWire", "SluiceCore", "SluiceDiagnosis", "SluiceIncidents"],
    "SluiceProbes": [
      "SluiceWire", "SluiceCore", "SluiceConfiguration", "SluiceIncidents", "SluiceDiagnosis", "SluiceGateway",
      "CLinux",
    ],
    "SluiceAdmin": [
      "SluiceWire", "SluiceCore", "SluiceConfiguration", "SluiceIncidents", "SluiceDiagnosis", "SluiceGuide",
    ],
    "SluiceLab": ["SluiceWire", "SluiceCore"],
    "SluiceGateway": ["SluiceWire", "SluiceCore", "SluiceConfiguration", "SluiceIncidents", "CCares"],
    "sluice": [
      "SluiceWire", "SluiceCore", "SluiceConfiguration", "SluiceIncidents", "SluiceDiagnosis", "SluiceProbes",
      "SluiceAdmin", "SluiceLab", "SluiceGateway", "SluiceLogs", "SluiceGuide",
    ],
  ]

  static let importDirection = Rule(
    why: "what a lower target needs of a higher one is a closure or value that is passed in",
    instead: "move the type down, or pass the value in; a new target must be entered in `directions`",
    find: { file in
      imports(of: file).compactMap { line, module in
        guard let allowed = directions[file.target] else { return (line, "\(file.target) is not a known target") }
        guard directions[module] != nil, !allowed.contains(module) else { return nil }
        return (line, "\(file.target) imports \(module)")
      }
    })

  static let pureImports = Rule(
    why: "SluiceWire and SluiceCore can do no input or output, which is what lets them be replayed",
    instead: "take the value as an argument, or move the code to SluiceGateway",
    applies: isPure,
    exempt: ["Sources/SluiceCore/Failure/Cause+SystemError.swift": "the numbers of errno, which are constants"],
    find: { file in
      imports(of: file).compactMap { line, module in
        directions[file.target]?.contains(module) == true ? nil : (line, "\(file.target) imports \(module)")
      }
    })

  static let importAccess = Rule(
    why: "the access level on line one shows whether a dependency is part of a target's interface",
    instead: "write `internal import` or `public import`",
    applies: { $0.target != "sluice" },
    find: matches(#"^\s*(@\w+(\([^)]*\))?\s+)*import\s+\w+"#) { "\($0.trimmed) has no access level" })

  /// Line and module of each import.
  static func imports(of file: SourceFile) -> [(line: Int, module: String)] {
    file.code.enumerated().compactMap { index, line in
      let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "@" }
      guard let position = words.firstIndex(of: "import"), position <= 3, words.count > position + 1 else { return nil }
      let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
      let next = kinds.contains(words[position + 1]) ? position + 2 : position + 1
      return next < words.count ? (index + 1, String(words[next])) : nil
    }
  }
}

extension StringProtocol {
  var trimmed: String {
    var part = Substring(self)
    while part.first?.isWhitespace == true { part.removeFirst() }
    while part.last?.isWhitespace == true { part.removeLast() }
    return String(part)
  }
}
