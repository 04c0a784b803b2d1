internal import NIOSSL
internal import SluiceCore
internal import SluiceIncidents

/// What a handshake agreed on, kept with the connection: an endpoint that judges our certificate late, or ends the
/// connection with an alert, is explained with it.
final class TLSSession {
  let tls: UpstreamTLS
  let identity: PeerIdentity
  /// What was offered in ALPN, the best first.
  let offers: [String]
  var chain: JudgedChain?
  /// Too much else was being verified when the chain came.
  var wasNotVerified = false
  var version: String?
  var cipher: String?
  /// What the endpoint chose in ALPN; nil: it chose none.
  var protocolChosen: String?

  init(_ tls: UpstreamTLS, offersHTTP2: Bool, _ identity: PeerIdentity) {
    self.tls = tls
    offers = tls.offers(http2: offersHTTP2)
    self.identity = identity
  }

  /// What the endpoint, or the library in its place, ended the connection with.
  private var ending: BoringSSLReason?
  private var wasCut = false

  var evidence: TLSEvidence {
    var evidence = TLSEvidence()
    evidence.nameWanted = identity.text
    evidence.nameAsked = identity.nameToAsk
    evidence.chain = chain?.certificates ?? []
    evidence.faults = chain?.faults.map(\.cause.identifier) ?? []
    evidence.trust = tls.trust?.path
    evidence.reason = wasCut ? "the connection ended without close_notify" : ending?.name ?? chain?.reason
    evidence.version = version
    evidence.cipher = cipher
    evidence.protocolsOffered = offers
    evidence.protocolChosen = protocolChosen
    evidence.hasClientCertificate = tls.configuration.certificate != nil
    evidence.isAfterHandshake = wasCut || ending != nil
    if let alert = ending?.alert { evidence.alert = TLSEvidence.Alert(number: alert.number, name: alert.name) }
    return evidence
  }

  /// What an error of the library says of a connection whose handshake is over; nil: it is not about TLS.
  func end(for error: any Error) -> UpstreamEnd? {
    switch error {
    case NIOSSLError.uncleanShutdown:
      wasCut = true
      return .cut
    case BoringSSLError.sslError(let stack), BoringSSLError.unknownError(let stack):
      let reason = BoringSSLReason(stack)
      ending = reason
      guard let alert = reason.alert else { return .reset }
      return alert.cause(at: .afterHandshake) == .tlsClientCertificateWanted ? .certificateRefused : .alert
    case is NIOSSLError, is BoringSSLError:
      return .reset
    default:
      return nil
    }
  }
}
