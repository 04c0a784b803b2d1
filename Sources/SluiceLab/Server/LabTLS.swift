internal import NIOSSL

/// How a listener of the lab does TLS.
struct LabTLS: Sendable {
  enum Identity: Sendable {
    case valid
    case wildcard
    case expired
    case notYetValid
    case expiredIntermediate
    case unknownIssuer
    case selfSigned
    case incompleteChain
    case wrongName
  }

  enum Versions: Sendable {
    /// 1.2 and 1.3.
    case usual
    /// 1.0 and 1.1, which RFC 8996 forbids.
    case old
    case only12
    case only13
  }

  var identity = Identity.valid
  var versions = Versions.usual
  /// Whether the only cipher suite is one that no client can agree on: it wants an RSA key, which our certificates do
  /// not have.
  var isWithoutCipher = false
  /// Whether a client certificate of the lab's authority is needed.
  var wantsCertificate = false
  /// What ALPN may agree on, in order; with none ALPN is not answered.
  var protocols = ["http/1.1"]

  static let http2 = LabTLS(protocols: ["h2"])

  /// - Throws: where BoringSSL takes one of the values not.
  func context(_ certificates: LabCertificates) throws -> NIOSSLContext {
    let certificate = certificate(certificates)
    let chain = try certificate.chain.map { NIOSSLCertificateSource.certificate(try .init(bytes: $0, format: .der)) }
    let key = try NIOSSLPrivateKey(bytes: Array(certificate.keyPEM.utf8), format: .pem)
    var configuration = TLSConfiguration.makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key))
    (configuration.minimumTLSVersion, configuration.maximumTLSVersion) = range
    if isWithoutCipher {
      configuration.cipherSuiteValues = [.TLS_RSA_WITH_AES_128_GCM_SHA256]
      configuration.maximumTLSVersion = .tlsv12
    }
    if wantsCertificate {
      let root = try NIOSSLCertificate(bytes: try certificates.authority.rootDER, format: .der)
      configuration.trustRoots = .certificates([root])
      configuration.certificateVerification = .noHostnameVerification
    }
    configuration.applicationProtocols = protocols
    return try NIOSSLContext(configuration: configuration)
  }

  private var range: (TLSVersion, TLSVersion) {
    switch versions {
    case .usual: (.tlsv12, .tlsv13)
    case .old: (.tlsv1, .tlsv11)
    case .only12: (.tlsv12, .tlsv12)
    case .only13: (.tlsv13, .tlsv13)
    }
  }

  private func certificate(_ certificates: LabCertificates) -> IssuedCertificate {
    switch identity {
    case .valid: certificates.valid
    case .wildcard: certificates.wildcard
    case .expired: certificates.expired
    case .notYetValid: certificates.notYetValid
    case .expiredIntermediate: certificates.expiredIntermediate
    case .unknownIssuer: certificates.unknownIssuer
    case .selfSigned: certificates.selfSigned
    case .incompleteChain: certificates.valid.withoutIntermediates
    case .wrongName: certificates.wrongName
    }
  }
}
