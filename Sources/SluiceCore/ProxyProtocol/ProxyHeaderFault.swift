/// Why bytes are no header of the PROXY protocol.
public enum ProxyHeaderFault: UInt8, Sendable, Hashable, CaseIterable, Error {
  /// They begin with neither signature: the client, or a proxy that does not send the header.
  case missing
  /// The signature is there, what follows breaks the rules of its version.
  case malformed
  /// More than `ProxyHeaderReader.v1LengthMax` or `v2LengthMax` bytes.
  case tooLong
  /// A version 2 header of a version or command that does not exist.
  case unknown
}
