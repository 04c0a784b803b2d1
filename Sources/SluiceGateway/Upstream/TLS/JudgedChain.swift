internal import SluiceCore
internal import SluiceIncidents

/// A chain of certificates that an endpoint showed, and what was found against it. Shared by all connections that were
/// shown the same one.
final class JudgedChain: Sendable {
  /// As sent; at most `TLSEvidence.chainMax`.
  let certificates: [CertificateEvidence]
  /// The gravest first; empty: the chain is good, or nothing was verified.
  let faults: [ChainFault]
  /// What the verification said beyond that.
  let reason: String?
  /// The next time at which a date in the chain makes a difference: Unix time in milliseconds.
  let changesAt: Int64

  init(certificates: [CertificateEvidence], faults: [ChainFault], reason: String?, changesAt: Int64) {
    self.certificates = certificates
    self.faults = faults
    self.reason = reason
    self.changesAt = changesAt
  }

  var isGood: Bool { faults.isEmpty }
  var cause: Cause? { faults.first?.cause }
}
