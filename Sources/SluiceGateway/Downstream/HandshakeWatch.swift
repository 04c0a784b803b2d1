internal import NIOCore
internal import NIOSSL
internal import NIOTLS
internal import SluiceCore

/// Stands behind the TLS handler until the handshake is over, and tells the opening how it ended.
final class HandshakeWatch: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer

  private let opening: ConnectionOpening
  private let tls: NIOSSLServerHandler

  init(_ opening: ConnectionOpening, _ tls: NIOSSLServerHandler) {
    self.opening = opening
    self.tls = tls
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard case TLSUserEvent.handshakeCompleted(let negotiated)? = event as? TLSUserEvent else { return }
    opening.secured(tls, protocol: negotiated, watch: context)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    let (reason, detail) = Self.reason(of: error, tls.peerCertificate)
    opening.handshakeFailed(reason, detail: detail)
  }

  /// What the library says, as one of our reasons.
  static func reason(of error: any Error, _ certificate: NIOSSLCertificate?) -> (OpeningFailure, String?) {
    guard let error = error as? NIOSSLError else {
      // The socket's own error: a reset.
      return (.closed, "\(error)")
    }
    guard case .handshakeFailed(.sslError(let stack)) = error else { return (.handshakeFailed, "\(error)") }
    if stack == [.eofDuringHandshake] { return (.closed, nil) }
    let reason = BoringSSLReason(stack)
    switch reason.openingFailure {
    case .clientCertificateRefused: return (.clientCertificateRefused, certificate.map(Self.whyRefused))
    case .alertReceived: return (.alertReceived, reason.alert.map { "\($0.name ?? "alert") (\($0.number))" })
    case let failure?: return (failure, nil)
    case nil: return (.handshakeFailed, reason.name)
    }
  }

  private static func whyRefused(_ certificate: NIOSSLCertificate) -> String {
    let facts = CertificateReader.facts(of: certificate, file: "")
    let now = Clock.wallMilliseconds() / 1000
    let why =
      facts.notAfter <= now
      ? "it has expired" : facts.notBefore > now ? "it is not valid yet" : "its issuer is not trusted"
    return "subject \(OpeningLog.plain(facts.subject)), issuer \(OpeningLog.plain(facts.issuer)): \(why)"
  }
}
