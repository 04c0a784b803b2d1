/// The protocol version of a message. A higher HTTP/1 minor version is read as 1.1 (RFC 9110 2.5).
public enum HTTPVersion: UInt8, Sendable {
  case http10
  case http11
  case http2
}
