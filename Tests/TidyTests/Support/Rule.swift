/// What the sources are held to: which files, what is wrong in them, why, and what to do.
struct Rule: Sendable {
  /// Why the rule exists, as the end of "Why: …".
  var why: String
  /// What to do about a finding, as the end of "Do: …".
  var instead: String
  var applies: @Sendable (SourceFile) -> Bool = { _ in true }
  /// Files, or folders that end with a slash, that may do it, each with its reason.
  var exempt: [String: String] = [:]
  /// Line numbers from 1, with what is wrong there.
  var find: @Sendable (SourceFile) -> [(line: Int, what: String)]

  func findings(in files: [SourceFile]) -> [Finding] {
    files.filter { applies($0) && exemption(of: $0.path) == nil }.flatMap(rawFindings)
  }

  /// Exemptions that nothing needs any longer: each would hide the next real finding.
  func staleExemptions(in files: [SourceFile]) -> [String] {
    exempt.keys.sorted().filter { key in
      !files.contains { exemption(of: $0.path) == key && applies($0) && !find($0).isEmpty }
    }
  }

  private func exemption(of path: String) -> String? {
    exempt.keys.first { $0.hasSuffix("/") ? path.hasPrefix($0) : path == $0 }
  }

  private func rawFindings(_ file: SourceFile) -> [Finding] {
    find(file).map { Finding(path: file.path, line: $0.line, what: $0.what, why: why, instead: instead) }
  }
}

extension Rule {
  /// Finds each match of a pattern in the code of a file, comments and literals left out.
  static func matches(_ pattern: String, _ what: @escaping @Sendable (Substring) -> String)
    -> @Sendable (SourceFile) -> [(Int, String)]
  {
    { file in matches(pattern, in: file.code, what) }
  }

  static func matches(
    _ pattern: String, in lines: [String], _ what: (Substring) -> String
  ) -> [(Int, String)] {
    guard let regex = expression(pattern) else { return [(1, "the rule's own pattern \(pattern) is not valid")] }
    return lines.enumerated().flatMap { index, line in
      line.matches(of: regex).map { (index + 1, what(line[$0.range])) }
    }
  }
}
