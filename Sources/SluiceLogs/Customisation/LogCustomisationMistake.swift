/// One thing that is wrong in a file of formats and signatures.
public struct LogCustomisationMistake: Equatable, Sendable {
  /// As it was named.
  public let file: String
  /// From 1; 0: the file as a whole.
  public let line: Int
  public let column: Int
  /// A sentence without a full stop.
  public let what: String
  /// What was probably meant.
  public let suggestion: String?

  /// `formats.yaml:3:5: unknown key 'nginz'; did you mean 'nginx'?`
  public var text: String {
    let place = line > 0 ? "\(file):\(line):\(column)" : file
    return "\(place): \(what)" + (suggestion.map { "; did you mean '\($0)'?" } ?? "")
  }
}
