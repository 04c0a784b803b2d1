internal import NIOSSL

/// Whom a client of an admin address believes, and what it shows. The files are PEM.
public struct AdminTrust: Sendable {
  /// The authorities; nil: the system's.
  public var authorities: String?
  /// Files whose certificates are believed beside those.
  public var believed: [String] = []
  /// With its intermediates; nil: none is shown.
  public var certificate: String?
  /// nil: it stands in the file of the certificate.
  public var key: String?

  public init(authorities: String? = nil, certificate: String? = nil, key: String? = nil) {
    self.authorities = authorities
    self.certificate = certificate
    self.key = key
  }

  /// It blocks on files.
  ///
  /// - Throws: `AdminClient.Failure`, which names the file.
  func library() throws(AdminClient.Failure) -> TLSConfiguration {
    var library = TLSConfiguration.makeClientConfiguration()
    if let authorities { library.trustRoots = .certificates(try Self.certificates(in: authorities)) }
    for path in believed { library.additionalTrustRoots.append(.certificates(try Self.certificates(in: path))) }
    if let certificate {
      library.certificateChain = try Self.certificates(in: certificate).map { .certificate($0) }
      let place = key ?? certificate
      guard let key = try? NIOSSLPrivateKey(file: place, format: .pem) else {
        throw AdminClient.Failure(
          description: "'\(place)' cannot be read, or holds no private key without a passphrase, as PEM")
      }
      library.privateKey = .privateKey(key)
    }
    return library
  }

  private static func certificates(in path: String) throws(AdminClient.Failure) -> [NIOSSLCertificate] {
    guard let certificates = try? NIOSSLCertificate.fromPEMFile(path), !certificates.isEmpty else {
      throw AdminClient.Failure(description: "'\(path)' cannot be read, or holds no certificate as PEM")
    }
    return certificates
  }
}
