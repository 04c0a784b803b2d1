/// What the gateway's own error responses tell a person.
public struct ErrorPagesConfiguration: Sendable, Hashable {
  /// A `mailto:`, `https:` or `http:` URL. nil: none is shown.
  public var contact: String? = nil
}
