/// TLS to an endpoint, with the settings that the gateway uses, and with others.
public struct HandshakeSeen: Equatable, Sendable, Codable {
  /// An identifier of `Cause`; nil: the handshake succeeded and the chain is trusted.
  public var cause: String?
  public var tls: TLSEvidence
  public var tookMs: Double = 0
  /// What the endpoint sent, where it was not TLS.
  public var firstBytes: FirstBytes?
  /// Each version that was tried.
  public var versions: [TLSVersionSeen] = []
  /// Whether the endpoint asked for a certificate of ours; nil: not known.
  public var wantsClientCertificate: Bool?
  /// The issuer that would have to be trusted, where the chain leads to none that is.
  public var trustWanted: String?
  /// The certificate of before, where a store knows one and it differs.
  public var before: CertificateEvidence?

  public init(tls: TLSEvidence) {
    self.tls = tls
  }
}
