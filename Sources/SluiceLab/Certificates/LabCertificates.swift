/// The certificates of the lab: one authority that gateways are told to trust, and one defect in each of the others.
///
/// Made once for each process, at the first lab: keys cost time, and several labs of one process may share them.
public struct LabCertificates: Sendable {
  /// The name that gateways are told to ask for and to verify.
  public static let name = "origin.lab.test"

  /// What is trusted.
  public let authority: CertificateAuthority
  /// Its certificate for `name`, through an intermediate.
  public let valid: IssuedCertificate
  public let wildcard: IssuedCertificate
  public let expired: IssuedCertificate
  public let notYetValid: IssuedCertificate
  /// In order but for its intermediate, which has expired.
  public let expiredIntermediate: IssuedCertificate
  /// From an authority that nobody trusts, whose root is in the chain.
  public let unknownIssuer: IssuedCertificate
  public let selfSigned: IssuedCertificate
  /// In order, for another name.
  public let wrongName: IssuedCertificate
  /// For clients, from the same authority.
  public let client: IssuedCertificate

  private static let made = Result { try LabCertificates() }

  /// - Throws: what the making failed with.
  public static var shared: LabCertificates { get throws { try made.get() } }

  init() throws {
    let names: [CertificateName] = [.dns(Self.name)]
    authority = try CertificateAuthority()
    let between = try authority.intermediate()
    valid = try between.issue(names)
    wildcard = try between.issue([.dns("*.lab.test")])
    expired = try between.issue(names, validity: .past)
    notYetValid = try between.issue(names, validity: .future)
    expiredIntermediate = try authority.intermediate(name: "Sluice Lab Old Intermediate", validity: .past).issue(names)
    let stranger = try CertificateAuthority(name: "Somebody Else's Root", organisation: "Somebody Else")
    unknownIssuer = try stranger.intermediate(name: "Somebody Else's Intermediate").issue(names)
      .with(rootOf: stranger)
    selfSigned = try CertificateAuthority.selfSigned(names)
    wrongName = try between.issue([.dns("other.lab.test"), .dns("www.lab.test"), .ip("192.0.2.1")])
    client = try between.issue([.dns("gateway.lab.test")], use: .connecting)
  }
}
