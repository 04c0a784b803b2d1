/// How the end of a message's content is found (RFC 9112 6.3).
public enum BodyFraming: Hashable, Sendable {
  /// There is no content.
  case none
  /// Exactly this many bytes.
  case length(UInt64)
  /// Chunked transfer coding, ended by the last chunk and the trailer section.
  case chunked
  /// Everything until the peer closes; responses only.
  case untilClose
}
