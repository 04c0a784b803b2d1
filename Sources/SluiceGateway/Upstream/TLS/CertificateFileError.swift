/// A file of certificates or keys that cannot be used; nothing is started or changed with it.
public struct CertificateFileError: Error, CustomStringConvertible, Equatable {
  /// As in `upstreams.api.tls.trust`.
  public let key: String
  public let path: String
  public let reason: String

  public var description: String { "\(key): '\(path)': \(reason)" }
}
