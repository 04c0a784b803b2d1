/// What was seen of TLS to the endpoint. Everything is optional: what the handshake did not get to is nil.
public struct TLSEvidence: Equatable, Sendable, Codable {
  /// Certificates of one chain that are kept.
  public static let chainMax = 8

  /// The alert that the endpoint ended the connection with.
  public struct Alert: Equatable, Sendable, Codable {
    public var number: UInt8
    /// nil: a number that the registry does not have.
    public var name: String?

    public init(number: UInt8, name: String?) {
      self.number = number
      self.name = name
    }
  }

  /// The name or address that the certificate had to have.
  public var nameWanted: String?
  /// What was asked for with SNI; nil for an address.
  public var nameAsked: String?
  /// As the endpoint sent it, its own first.
  public var chain: [CertificateEvidence] = []
  /// All that speaks against the chain, as identifiers of `Cause`, the gravest first.
  public var faults: [String] = []
  /// The file of the roots that were trusted; nil where nothing was verified.
  public var trust: String?
  public var alert: Alert?
  /// What the TLS library or the verification said, where the cause does not say it all.
  public var reason: String?
  /// As in `TLS 1.3` and `TLS_AES_128_GCM_SHA256`, as the endpoint chose them.
  public var version: String?
  public var cipher: String?
  public var protocolsOffered: [String] = []
  /// What the endpoint chose of them; nil where it chose none.
  public var protocolChosen: String?
  /// The gateway showed, or would have shown, a certificate of its own.
  public var hasClientCertificate = false
  /// Our side of the handshake was over: in TLS 1.3 the endpoint judges our certificate only then.
  public var isAfterHandshake = false

  public init() {}
}
