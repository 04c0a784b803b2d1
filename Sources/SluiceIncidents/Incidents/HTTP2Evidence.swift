/// Why an HTTP/2 stream or connection of the endpoint ended before its time.
public struct HTTP2Evidence: Equatable, Sendable, Codable {
  /// The code of RST_STREAM or GOAWAY, as the registry names it, or its number (RFC 9113 section 7).
  public var code: String?
  /// The rule that the endpoint broke, as an identifier of `HTTP2Rule`.
  public var rule: String?

  public init(code: String?, rule: String?) {
    self.code = code
    self.rule = rule
  }
}
