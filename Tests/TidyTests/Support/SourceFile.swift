/// A file with its lines, and the same lines with everything but code, or everything but comments, blanked.
struct SourceFile: Sendable {
  /// Relative to the repository, with slashes.
  let path: String
  let lines: [String]
  /// Without comments and the insides of string literals; as many lines as `lines`.
  let code: [String]
  /// Only what stands in comments.
  let comments: [String]

  init(path: String, text: String) {
    self.path = path
    lines = SourceFile.split(Array(text.utf8))
    guard path.hasSuffix(".swift") else {
      code = lines
      comments = lines
      return
    }
    let parts = CodeMask.apply(to: Array(text.utf8))
    code = SourceFile.split(parts.code)
    comments = SourceFile.split(parts.comments)
  }

  /// `HTTP1Connection+Writing` of `Sources/X/HTTP1Connection+Writing.swift`.
  var baseName: String {
    let name = path.split(separator: "/").last ?? ""
    return String(name.prefix { $0 != "." })
  }

  /// `SluiceCore` of `Sources/SluiceCore/Failure/Cause.swift`; empty outside of Sources.
  var target: String {
    let parts = path.split(separator: "/")
    return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : ""
  }

  private static func split(_ bytes: [UInt8]) -> [String] {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }
}
