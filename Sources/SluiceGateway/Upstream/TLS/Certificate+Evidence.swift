internal import Crypto
internal import FoundationEssentials
internal import SluiceCore
internal import SluiceIncidents
internal import SwiftASN1
internal import X509

extension CertificateEvidence {
  /// Characters of a name that are kept: a peer chose them.
  private static let textMax = 256

  init(_ certificate: Certificate, bytes: [UInt8]) {
    let names = certificate.names.prefix(Self.namesMax).map { String($0.prefix(Self.textMax)) }
    self.init(
      subject: String(certificate.subject.description.prefix(Self.textMax)),
      issuer: String(certificate.issuer.description.prefix(Self.textMax)), names: names,
      notBefore: certificate.notValidBefore.unixMilliseconds, notAfter: certificate.notValidAfter.unixMilliseconds,
      serial: Self.hexadecimal(certificate.serialNumber.bytes.prefix(32)),
      fingerprint: Self.hexadecimal(SHA256.hash(data: bytes)))
  }

  private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef")
    var text = ""
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return text
  }
}

extension Date {
  var unixMilliseconds: Int64 {
    // A certificate may be valid to the year 9999.
    Int64(timeIntervalSince1970 * 1000)
  }
}

extension Certificate {
  /// The DNS names and addresses that it is for.
  var names: [String] {
    guard let alternatives = try? extensions.subjectAlternativeNames else { return [] }
    return alternatives.compactMap { name in
      switch name {
      case .dnsName(let text): text
      case .ipAddress(let bytes): address(bytes.bytes)
      default: nil
      }
    }
  }

  private func address(_ octets: ArraySlice<UInt8>) -> String? {
    func number(_ part: ArraySlice<UInt8>) -> UInt64 { part.reduce(0) { $0 << 8 | UInt64($1) } }
    return switch octets.count {
    case 4: EndpointAddress.v4(UInt32(truncatingIfNeeded: number(octets))).description
    case 16: EndpointAddress.v6(high: number(octets.prefix(8)), low: number(octets.suffix(8))).description
    default: nil
    }
  }

  /// Authorities write into a certificate where their own one can be had (RFC 5280 section 4.2.2.1).
  var tellsWhereItsIssuerIs: Bool {
    guard let access = try? extensions.authorityInformationAccess else { return false }
    return access.contains { $0.method == .issuingCA }
  }
}

extension DistinguishedName {
  var organisation: String? {
    for attribute in self.flatMap({ $0 }) where attribute.type == .RDNAttributeType.organizationName {
      return attribute.value.description
    }
    return nil
  }
}

/// Takes every extension of one certificate, so that a policy beside it is asked about that certificate alone.
struct AnyExtension: VerifierPolicy {
  let verifyingCriticalExtensions: [ASN1ObjectIdentifier]

  init(of certificate: Certificate) { verifyingCriticalExtensions = certificate.extensions.map(\.oid) }

  func chainMeetsPolicyRequirements(chain: UnverifiedCertificateChain) -> PolicyEvaluationResult { .meetsPolicy }
}
