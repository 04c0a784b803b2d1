internal import SwiftASN1
internal import X509

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A name in a certificate's subjectAltName (RFC 5280 section 4.2.1.6).
public enum CertificateName: Sendable, Hashable {
  /// A host name, or `*.` and a domain.
  case dns(String)
  /// An IPv4 or IPv6 address as text, without brackets.
  case ip(String)

  /// - Throws: where the text of an address is none.
  func general() throws -> GeneralName {
    switch self {
    case .dns(let name): return .dnsName(name)
    case .ip(let text):
      var bytes = [UInt8](repeating: 0, count: 16)
      let isLong = text.contains(":")
      guard inet_pton(isLong ? AF_INET6 : AF_INET, text, &bytes) == 1 else { throw LabError.badAddress(text) }
      return .ipAddress(ASN1OctetString(contentBytes: bytes.prefix(isLong ? 16 : 4)))
    }
  }
}
