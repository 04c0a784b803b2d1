internal import Crypto
internal import X509

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A certificate authority for the lab and for tests, with ECDSA keys on P-256.
///
/// Keys and serial numbers are new with each authority: certificates of one run mean nothing in the next. Times are
/// arguments. What a careful authority would refuse (a validity in the past, a name that is none of the host's) is
/// issued all the same: that is what it is for.
public struct CertificateAuthority: Sendable {
  /// The common name of its subject.
  public let name: String
  private let organisation: String
  private let certificate: Certificate
  private let privateKey: P256.Signing.PrivateKey
  /// The authorities above it but for the root, the nearest first.
  private let above: [Certificate]
  private let root: Certificate

  /// A root, which signs itself.
  ///
  /// - Parameter organisation: of its subject, and of those of the authorities below it.
  public init(
    name: String = "Sluice Lab Root", organisation: String = "Sluice Lab", validity: CertificateValidity = .usual
  ) throws {
    let key = P256.Signing.PrivateKey()
    let subject = try Self.subject(name, organisation)
    let certificate = try Self.sign(
      Draft(
        subject: subject, issuer: subject, validity: validity, key: key.publicKey, issuerKey: key.publicKey,
        extensions: try Self.authorityExtensions), with: key)
    self.init(
      name: name, organisation: organisation, certificate: certificate, privateKey: key, above: [], root: certificate)
  }

  private init(
    name: String, organisation: String, certificate: Certificate, privateKey: P256.Signing.PrivateKey,
    above: [Certificate],
    root: Certificate
  ) {
    self.name = name
    self.organisation = organisation
    self.certificate = certificate
    self.privateKey = privateKey
    self.above = above
    self.root = root
  }

  /// The root as PEM: what belongs into a trust store.
  public var rootPEM: String { get throws { PEM.certificate(try root.derBytes()) } }

  /// The root's DER.
  public var rootDER: [UInt8] { get throws { try root.derBytes() } }

  /// Writes the root as `NAME.pem` into a folder that is there.
  ///
  /// - Returns: the path of the file.
  public func writeRoot(into folder: String, name: String) throws -> String {
    let path = "\(folder)/\(name).pem"
    try LabFile.put(Array(try rootPEM.utf8), to: path, mode: 0o644)
    return path
  }

  /// An authority that this one vouches for. What it issues carries it in the chain.
  public func intermediate(
    name: String = "Sluice Lab Intermediate", validity: CertificateValidity = .usual
  ) throws -> CertificateAuthority {
    let key = P256.Signing.PrivateKey()
    let signed = try Self.sign(
      Draft(
        subject: try Self.subject(name, organisation), issuer: certificate.subject, validity: validity,
        key: key.publicKey, issuerKey: privateKey.publicKey, extensions: try Self.authorityExtensions), with: privateKey
    )
    return CertificateAuthority(
      name: name, organisation: organisation, certificate: signed, privateKey: key, above: [signed] + above, root: root)
  }

  /// A certificate with a new key, and the authorities between it and the root.
  ///
  /// - Parameters:
  ///   - names: what the certificate holds for; may be empty for one that is shown by whoever connects.
  ///   - commonName: the subject; the first name where it is nil.
  public func issue(
    _ names: [CertificateName], commonName: String? = nil, validity: CertificateValidity = .usual,
    use: CertificateUse = .listening
  ) throws -> IssuedCertificate {
    let key = P256.Signing.PrivateKey()
    let signed = try Self.sign(
      Draft(
        subject: try Self.subject(commonName, names), issuer: certificate.subject, validity: validity,
        key: key.publicKey, issuerKey: privateKey.publicKey, extensions: try Self.extensions(names, use)),
      with: privateKey)
    return try IssuedCertificate(chain: [signed] + above, privateKey: key)
  }

  /// A certificate that nobody vouches for but itself.
  public static func selfSigned(
    _ names: [CertificateName], commonName: String? = nil, validity: CertificateValidity = .usual,
    use: CertificateUse = .listening
  ) throws -> IssuedCertificate {
    let key = P256.Signing.PrivateKey()
    let subject = try subject(commonName, names)
    let signed = try sign(
      Draft(
        subject: subject, issuer: subject, validity: validity, key: key.publicKey, issuerKey: key.publicKey,
        extensions: try extensions(names, use)), with: key)
    return try IssuedCertificate(chain: [signed], privateKey: key)
  }

  // MARK: making them

  private struct Draft {
    var subject: DistinguishedName
    var issuer: DistinguishedName
    var validity: CertificateValidity
    var key: P256.Signing.PublicKey
    var issuerKey: P256.Signing.PublicKey
    var extensions: Certificate.Extensions
  }

  private static func sign(_ draft: Draft, with key: P256.Signing.PrivateKey) throws -> Certificate {
    var extensions = draft.extensions
    let identifier = SubjectKeyIdentifier(hash: Certificate.PublicKey(draft.key))
    let issuer = SubjectKeyIdentifier(hash: Certificate.PublicKey(draft.issuerKey))
    try extensions.append(Certificate.Extension(identifier, critical: false))
    try extensions.append(
      Certificate.Extension(AuthorityKeyIdentifier(keyIdentifier: issuer.keyIdentifier), critical: false))
    return try Certificate(
      version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: Certificate.PublicKey(draft.key),
      notValidBefore: Date(timeIntervalSince1970: Double(draft.validity.notBefore)),
      notValidAfter: Date(timeIntervalSince1970: Double(draft.validity.notAfter)), issuer: draft.issuer,
      subject: draft.subject, signatureAlgorithm: .ecdsaWithSHA256, extensions: extensions,
      issuerPrivateKey: Certificate.PrivateKey(key))
  }

  private static var authorityExtensions: Certificate.Extensions {
    get throws {
      try Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
        Critical(KeyUsage(keyCertSign: true, cRLSign: true))
      }
    }
  }

  private static func extensions(_ names: [CertificateName], _ use: CertificateUse) throws -> Certificate.Extensions {
    let usage: ExtendedKeyUsage.Usage =
      switch use {
      case .listening: .serverAuth
      case .connecting: .clientAuth
      }
    let general = try names.map { try $0.general() }
    var extensions = try Certificate.Extensions {
      Critical(BasicConstraints.notCertificateAuthority)
      Critical(KeyUsage(digitalSignature: true))
      try ExtendedKeyUsage([usage])
    }
    if !general.isEmpty {
      try extensions.append(Certificate.Extension(SubjectAlternativeNames(general), critical: false))
    }
    return extensions
  }

  private static func subject(_ name: String, _ organisation: String) throws -> DistinguishedName {
    try DistinguishedName {
      OrganizationName(organisation)
      CommonName(name)
    }
  }

  private static func subject(_ commonName: String?, _ names: [CertificateName]) throws -> DistinguishedName {
    let first: String? =
      switch names.first {
      case .dns(let name), .ip(let name): name
      case nil: nil
      }
    let text = commonName ?? first ?? ""
    return try DistinguishedName { CommonName(text) }
  }
}
