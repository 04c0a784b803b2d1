internal import NIOSSL

/// A certificate with its chain and key, as a handshake takes it.
struct ListenerCertificate: Sendable {
  let facts: CertificateFacts
  let chain: [NIOSSLCertificate]
  let key: NIOSSLPrivateKey
  let override: NIOSSLContextConfigurationOverride

  init(facts: CertificateFacts, chain: [NIOSSLCertificate], key: NIOSSLPrivateKey) {
    self.facts = facts
    self.chain = chain
    self.key = key
    var override = NIOSSLContextConfigurationOverride()
    override.certificateChain = chain.map { .certificate($0) }
    override.privateKey = .privateKey(key)
    self.override = override
  }
}
