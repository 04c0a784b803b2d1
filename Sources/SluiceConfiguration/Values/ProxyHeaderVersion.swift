/// The form of a PROXY header.
public enum ProxyHeaderVersion: Sendable, Hashable {
  /// One line of text.
  case v1
  /// Binary.
  case v2
}
