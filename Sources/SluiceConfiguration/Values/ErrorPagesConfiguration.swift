/// What the gateway's own error responses tell a person.
public struct ErrorPagesConfiguration: Sendable, Hashable {
  /// A `mailto:`, `https:` or `http:` URL. nil: none is shown.
  public var contact: String? = nil
  /// The `https:` or `http:` URL of a folder with a written guide, without a slash at its end. nil: no link is shown.
  public var guide: String? = nil
}
