internal import SwiftASN1
internal import X509

/// A certificate that says what it is for must be for servers (RFC 5280 section 4.2.1.12).
struct EndpointUsagePolicy: VerifierPolicy {
  let verifyingCriticalExtensions: [ASN1ObjectIdentifier] = [.X509ExtensionID.extendedKeyUsage]

  func chainMeetsPolicyRequirements(chain: UnverifiedCertificateChain) -> PolicyEvaluationResult {
    do {
      guard let usage = try chain.leaf.extensions.extendedKeyUsage else { return .meetsPolicy }
      if usage.contains(.serverAuth) || usage.contains(.any) { return .meetsPolicy }
      return .failsToMeetPolicy(reason: "the certificate is not for servers: its extended key usage is \(usage)")
    } catch {
      return .failsToMeetPolicy(reason: "the certificate's extended key usage cannot be read")
    }
  }
}
