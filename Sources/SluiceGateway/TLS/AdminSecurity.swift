public import NIOSSL
internal import SluiceConfiguration

/// What handshakes at the admin address are made with.
///
/// # Why this way
/// It is read, checked and chosen like that of a listener; only who asks for the certificate differs: no worker has
/// connections there, so the context itself knows the certificates, and new ones are a new context.
public struct AdminSecurity: Sendable {
  public let context: NIOSSLContext
  let certificates: CertificateSet
  private let terms: ListenerSecurity.Terms

  /// - Parameter old: what is in use now; it is given back where the files hold the same.
  /// - Returns: nil where the reader has found an error.
  static func read(
    _ configuration: ListenerTLSConfiguration, keeping old: AdminSecurity?, with reader: inout CertificateReader
  ) -> AdminSecurity? {
    guard let (set, terms) = ListenerSecurity.files(of: configuration, with: &reader) else { return nil }
    if let old, old.terms == terms, old.certificates.isSame(as: set) { return old }
    var library = ListenerSecurity.library(terms, set.first)
    library.applicationProtocols = ["http/1.1"]
    library.sslContextCallback = { values, promise in
      promise.succeed(set.choose(for: values.serverHostname).override)
    }
    return reader.context(library, of: configuration).map {
      AdminSecurity(context: $0, certificates: set, terms: terms)
    }
  }
}
