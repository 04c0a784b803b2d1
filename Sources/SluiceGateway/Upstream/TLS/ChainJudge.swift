internal import Crypto
internal import FoundationEssentials
internal import SluiceCore
internal import SluiceIncidents
internal import X509

/// Verifies a chain, and finds out what is wrong with one that does not verify.
///
/// # Why this way
/// The verifier of swift-certificates decides whether a chain is good; nothing here makes a chain good that it refuses.
/// Its diagnostics are text, and say of an unknown issuer only that no way to a root was found. So what is wrong is
/// looked for here, in the certificates themselves, and only of a chain that was refused.
///
/// # Unknown issuer or incomplete chain
/// A chain whose last certificate was issued by somebody whom we neither trust nor were shown may be either: servers do
/// not send roots. It is incomplete where something says that the missing issuer is an intermediate that the endpoint
/// should have sent: it sent certificates that do not belong to its own; the certificate tells where its issuer can be
/// fetched, and no certificate was sent beside it; or the issuer is of an organisation that we trust a root of.
struct ChainJudge {
  /// nil: any certificate will do.
  let trust: TrustStore?
  let identity: PeerIdentity
  /// Unix time in milliseconds.
  let now: Int64

  /// Whoever builds ways through the certificates of a hostile endpoint tries them all: seven intermediates that issued
  /// each other make 13,700 ways.
  static let chainMax = TLSEvidence.chainMax

  func judge(_ encoded: [[UInt8]]) async -> JudgedChain {
    var chain: [Certificate] = []
    var kept: [CertificateEvidence] = []
    for bytes in encoded.prefix(Self.chainMax) {
      guard let certificate = try? Certificate(derEncoded: bytes) else { continue }
      if !chain.contains(certificate) { chain.append(certificate) }
      kept.append(CertificateEvidence(certificate, bytes: bytes))
    }
    guard let leaf = chain.first, kept.count == min(encoded.count, Self.chainMax) else {
      return judged(kept, trust == nil ? [] : [.unfit(reason: "a certificate cannot be read")])
    }
    guard let trust else { return judged(kept, []) }
    switch await verify(leaf, chain, trust) {
    case .validCertificate: return judged(kept, [])
    case .couldNotValidate(let failures): return judged(kept, await faults(of: chain, failures, trust))
    }
  }

  private func judged(_ kept: [CertificateEvidence], _ faults: [ChainFault]) -> JudgedChain {
    let changes = kept.flatMap { [$0.notBefore, $0.notAfter + 1] }.filter { $0 > now }
    var reason: String?
    for case .unfit(let text) in faults { reason = text }
    return JudgedChain(certificates: kept, faults: faults, reason: reason, changesAt: changes.min() ?? .max)
  }

  private var identityPolicy: ServerIdentityPolicy {
    switch identity {
    case .name(let name): ServerIdentityPolicy(serverHostname: name, serverIP: nil)
    case .address(let address): ServerIdentityPolicy(serverHostname: nil, serverIP: address)
    }
  }

  private func verify(
    _ leaf: Certificate, _ chain: [Certificate], _ trust: TrustStore
  ) async -> CertificateValidationResult {
    var verifier = Verifier(rootCertificates: trust.store) {
      RFC5280Policy()
      identityPolicy
      EndpointUsagePolicy()
    }
    return await verifier.validate(leaf: leaf, intermediates: CertificateStore(chain.dropFirst()))
  }

  // MARK: What is wrong

  private func faults(
    of chain: [Certificate], _ failures: [CertificateValidationResult.PolicyFailure], _ trust: TrustStore
  ) async -> [ChainFault] {
    var faults: [ChainFault] = []
    if failures.isEmpty { faults.append(whyUntrusted(chain, trust)) }
    // Of a chain that leads to a root the dates of that way count, else those of all that was sent.
    let way = failures.first.map { Array($0.chain) } ?? chain
    faults += dates(of: way, in: chain)
    if let leaf = chain.first, await !isNamed(leaf) { faults.append(.nameMismatch) }
    if faults.isEmpty {
      let reason = failures.first.map { String(describing: $0.policyFailureReason) } ?? "it was refused"
      faults.append(.unfit(reason: String(reason.prefix(256))))
    }
    return faults
  }

  private func dates(of way: [Certificate], in chain: [Certificate]) -> [ChainFault] {
    way.compactMap { certificate in
      let index = chain.firstIndex(of: certificate)
      if now > certificate.notValidAfter.unixMilliseconds { return .expired(index) }
      return now < certificate.notValidBefore.unixMilliseconds ? .notYetValid(index) : nil
    }
  }

  private func isNamed(_ leaf: Certificate) async -> Bool {
    // Trusted for this question alone: a certificate in the store is held against the policy as it is.
    var verifier = Verifier(rootCertificates: CertificateStore([leaf])) {
      identityPolicy
      AnyExtension(of: leaf)
    }
    guard case .validCertificate = await verifier.validate(leaf: leaf, intermediates: CertificateStore()) else {
      return false
    }
    return true
  }

  /// No way leads to a root.
  private func whyUntrusted(_ chain: [Certificate], _ trust: TrustStore) -> ChainFault {
    guard let leaf = chain.first else { return .unfit(reason: "no certificate was sent") }
    if leaf.issuer == leaf.subject { return .selfSigned }
    var tip = leaf
    var length = 1
    while tip.issuer != tip.subject, length <= chain.count,
      let issuer = chain.first(where: {
        $0.subject == tip.issuer && $0.publicKey.isValidSignature(tip.signature, for: tip)
      })
    {
      tip = issuer
      length += 1
    }
    let issuer = tip.issuer.description
    if tip.issuer == tip.subject { return .untrusted(issuer: issuer) }
    // A root of that name is trusted, and it has another key.
    if trust.certificates.contains(where: { $0.subject == tip.issuer }) { return .untrusted(issuer: issuer) }
    let isAlone = length == 1
    if isAlone, chain.count > 1 { return .incomplete(issuer: issuer) }
    if isAlone, tip.tellsWhereItsIssuerIs { return .incomplete(issuer: issuer) }
    if let organisation = tip.issuer.organisation,
      trust.certificates.contains(where: { $0.subject.organisation == organisation })
    {
      return .incomplete(issuer: issuer)
    }
    return .untrusted(issuer: issuer)
  }
}
