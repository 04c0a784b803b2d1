internal import Glibc
internal import NIOCore
internal import NIOSSL
internal import NIOTLS
internal import SluiceCore
internal import SluiceIncidents
internal import SluiceWire

/// Brings TLS onto a connection to an endpoint, or says why it did not come about.
///
/// # Overview
/// Three handlers for the time of the handshake: what keeps the first bytes, TLS itself, and this one, which hears the
/// end of it. When it is over, this one and the first leave, and the connection that speaks the negotiated protocol
/// takes their place in the same turn, so that no byte is lost between them.
///
/// # Why this way
/// The library says of a refused certificate only that it was refused; what the verification found is kept here and
/// read when the handshake has failed. Whatever ends a handshake is turned into a cause in one place, `explain`.
final class UpstreamHandshake: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer

  enum Outcome {
    case secured(TLSSession)
    case failed(HandshakeFailure)
  }

  private let session: TLSSession
  private let offersHTTP2: Bool
  private let verifier: ChainVerifier
  private let firstBytes = FirstTLSBytes()
  private var handler: NIOSSLClientHandler?
  private var context: ChannelHandlerContext?
  private var systemError: Int32 = 0
  private var completion: ((Outcome) -> Void)?

  init(_ tls: UpstreamTLS, offersHTTP2: Bool, for identity: PeerIdentity, verifier: ChainVerifier) {
    session = TLSSession(tls, offersHTTP2: offersHTTP2, identity)
    self.offersHTTP2 = offersHTTP2
    self.verifier = verifier
  }

  /// Begins on a channel that is connected, on its loop.
  ///
  /// - Parameter completion: called once, in the turn in which the handshake is over, unless it is given up before.
  func start(on channel: any Channel, _ completion: @escaping (Outcome) -> Void) {
    self.completion = completion
    do {
      let handler = try NIOSSLClientHandler(
        context: session.tls.context(offeringHTTP2: offersHTTP2), serverHostname: session.identity.nameToAsk,
        customVerificationCallback: { [session, verifier] in Self.verify($0, $1, session, verifier) },
        configuration: UpstreamTLS.handlerConfiguration)
      self.handler = handler
      try channel.pipeline.syncOperations.addHandler(firstBytes)
      try channel.pipeline.syncOperations.addHandler(self)
      // The last one to be added: it begins as soon as it is there, and may fail at once.
      try channel.pipeline.syncOperations.addHandler(handler, position: .after(firstBytes))
    } catch {
      fail(.tlsHandshakeFailed, reason: "the handshake could not begin: \(error)")
      channel.close(promise: nil)
    }
  }

  /// Nobody wants the outcome any longer.
  func giveUp() { completion = nil }

  /// Its time is over.
  func timedOut() {
    fail(looksPlain ? .tlsToPlaintextPort : .tlsHandshakeTimeout, reason: nil)
    context?.close(promise: nil)
  }

  // MARK: The certificate

  /// Holds nothing of the handshake, since the library keeps it as long as the connection.
  private static func verify(
    _ chain: [NIOSSLCertificate], _ promise: EventLoopPromise<NIOSSLVerificationResult>, _ session: TLSSession,
    _ verifier: ChainVerifier
  ) {
    let encoded = chain.compactMap { try? $0.toDERBytes() }
    let loop = promise.futureResult.eventLoop
    let bound = NIOLoopBound(session, eventLoop: loop)
    verifier.verify(
      encoded, for: session.identity, trust: session.tls.trust, at: Clock.wallMilliseconds()
    ) { judged in
      loop.execute {
        bound.value.chain = judged
        bound.value.wasNotVerified = judged == nil
        promise.succeed(judged?.isGood == true ? .certificateVerified : .failed)
      }
    }
  }

  // MARK: The end of it

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
    // Closed by somebody who did not wait for us.
    completion = nil
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case TLSUserEvent.handshakeCompleted(let negotiated)? = event as? TLSUserEvent {
      completed(negotiated, context)
    } else {
      context.fireUserInboundEventTriggered(event)
    }
  }

  private func completed(_ negotiated: String?, _ context: ChannelHandlerContext) {
    guard let completion else { return }
    self.completion = nil
    session.protocolChosen = negotiated
    session.version = handler?.tlsVersion?.name
    readHello()
    let pipeline = context.pipeline.syncOperations
    pipeline.removeHandler(firstBytes, promise: nil)
    completion(.secured(session))
    if self.context != nil { pipeline.removeHandler(self, promise: nil) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    switch error {
    case let error as IOError:
      // What TLS makes of it comes next: the connection is gone.
      systemError = error.errnoCode
    case let error as NIOSSLError:
      explain(error)
    case let error as BoringSSLError:
      explain(error)
    default:
      fail(.tlsHandshakeFailed, reason: String("\(error)".prefix(256)))
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    fail(looksPlain ? .tlsToPlaintextPort : endCause, reason: nil)
    context.fireChannelInactive()
  }

  private func explain(_ error: NIOSSLError) {
    switch error {
    case .handshakeFailed(let error): explain(error)
    default: fail(.tlsHandshakeFailed, reason: String("\(error)".prefix(256)))
    }
  }

  private func explain(_ error: BoringSSLError) {
    let stack: [BoringSSLInternalError]
    switch error {
    case .sslError(let errors), .unknownError(let errors): stack = errors
    default: stack = []
    }
    if stack == [.eofDuringHandshake] || stack.isEmpty {
      return fail(looksPlain ? .tlsToPlaintextPort : endCause, reason: nil)
    }
    let reason = BoringSSLReason(stack)
    if looksPlain { return fail(.tlsToPlaintextPort, reason: reason.name) }
    if let alert = reason.alert {
      let moment = reason.isOnClientHello ? TLSAlert.Moment.onClientHello : .inHandshake
      return fail(alert.cause(at: moment), reason: reason.name, alert: alert)
    }
    if let chain = session.chain, let cause = chain.cause { return fail(cause, reason: chain.reason) }
    if session.wasNotVerified { return fail(.tlsHandshakeFailed, reason: "too many certificates are being verified") }
    fail(reason.cause ?? .tlsHandshakeFailed, reason: reason.name)
  }

  /// FIN or RST.
  private var endCause: Cause { .fromSystemError(errno: systemError, during: .handshake) }

  /// A record begins with its kind and the major version 3 (RFC 8446 section 5.1).
  private var looksPlain: Bool {
    let view = firstBytes.bytes.readableBytesView
    guard let first = view.first else { return false }
    if !(20...24).contains(first) { return true }
    return view.count > 1 && view[view.startIndex + 1] != 3
  }

  private func readHello() {
    let bytes = firstBytes.bytes
    guard let hello = ServerHello(bytes.readableBytesSpan) else { return }
    session.cipher = hello.cipherName
    session.version = session.version ?? hello.versionName
  }

  private func fail(_ cause: Cause, reason: String?, alert: TLSAlert? = nil) {
    guard let completion else { return }
    self.completion = nil
    readHello()
    var failure = HandshakeFailure(cause: cause, systemError: systemError, evidence: session.evidence)
    failure.evidence.reason = reason
    failure.chain = session.chain
    if let alert { failure.evidence.alert = TLSEvidence.Alert(number: alert.number, name: alert.name) }
    if looksPlain || cause == .tlsHandshakeFailed, firstBytes.count > 0 {
      failure.firstBytes = firstBytes.bytes
      failure.firstCount = firstBytes.count
    }
    completion(.failed(failure))
  }
}

extension TLSVersion {
  fileprivate var name: String {
    switch self {
    case .tlsv1: "TLS 1.0"
    case .tlsv11: "TLS 1.1"
    case .tlsv12: "TLS 1.2"
    case .tlsv13: "TLS 1.3"
    }
  }
}
