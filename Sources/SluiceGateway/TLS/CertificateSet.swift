internal import NIOSSL

/// The certificates of one listener: immutable, shared by all workers, replaced whole when a file changes.
final class CertificateSet: Sendable {
  /// At least one.
  private let certificates: [ListenerCertificate]
  private let names: CertificateNames

  /// nil where there is none.
  init?(_ certificates: [ListenerCertificate]) {
    guard !certificates.isEmpty else { return nil }
    self.certificates = certificates
    names = CertificateNames(certificates.map(\.facts.names))
  }

  func choose(for name: String?) -> ListenerCertificate { certificates[names.index(for: name)] }

  /// For clients that name nothing, or nothing that there is.
  var first: ListenerCertificate { certificates[0] }

  var facts: [CertificateFacts] { certificates.map(\.facts) }

  /// Whether the same certificates with the same keys would be served.
  func isSame(as other: CertificateSet) -> Bool {
    certificates.map(\.chain) == other.certificates.map(\.chain)
      && certificates.map(\.key) == other.certificates.map(\.key)
  }
}
