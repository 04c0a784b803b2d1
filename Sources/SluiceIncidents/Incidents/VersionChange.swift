/// What a change of kind `version` says, as its text: the version field that an endpoint's responses had, and have.
public struct VersionChange: Equatable, Sendable {
  /// Characters of a value that are kept.
  public static let valueMax = 48

  public var endpoint: String
  /// The field's name, as in `X-Version`.
  public var field: String
  public var before: String
  public var after: String

  public init(endpoint: String, field: String, before: String, after: String) {
    self.endpoint = endpoint
    self.field = field
    self.before = before
    self.after = after
  }

  /// `http://127.0.0.1:3000 answers X-Version "42", before it was "41"`.
  public var text: String { "\(endpoint) answers \(field) \"\(after)\", before it was \"\(before)\"" }

  /// nil where the text is none of `text`, or was cut.
  public init?(text: String) {
    let parts = text.split(separator: "\"", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 5, parts[2] == ", before it was ", parts[4].isEmpty else { return nil }
    let head = parts[0].split(separator: " ").map(String.init)
    guard head.count == 3, head[1] == "answers" else { return nil }
    self.init(endpoint: head[0], field: head[2], before: parts[3], after: parts[1])
  }
}
