package import NIOCore
internal import NIOSSL
package import SluiceConfiguration
package import SluiceCore
package import SluiceIncidents
internal import Synchronization

/// TLS to one endpoint exactly as the gateway does it, for those who look at an endpoint beside all exchanges.
package final class DirectTLS: Sendable {
  /// A handshake that succeeded; lives on the loop of its connection.
  package struct Session {
    fileprivate let session: TLSSession

    package var evidence: TLSEvidence { session.evidence }
    /// What the endpoint chose in ALPN; nil: it chose none.
    package var protocolChosen: String? { session.protocolChosen }

    /// What an error of the connection means after the handshake; nil: it is not about TLS.
    package func cause(of error: any Error) -> Cause? {
      switch session.end(for: error) {
      case .alert: .tlsAlert
      case .certificateRefused: .tlsClientCertificateWanted
      case .cut, .closed: .closedBeforeResponse
      case .reset, .writeFailed: .resetBeforeResponse
      case nil: nil
      }
    }
  }

  /// Why TLS did not come about.
  package struct Failure: Sendable {
    package var cause: Cause
    /// 0: no system call failed.
    package var errno: Int32
    package var evidence: TLSEvidence
    /// What the endpoint had sent, where it was not TLS.
    package var firstBytes: [UInt8]
    package var firstCount: Int
    /// The issuer that would have to be trusted.
    package var trustWanted: String?
  }

  package enum Outcome {
    case secured(Session)
    case failed(Failure)
  }

  private let tls: UpstreamTLS
  private let verifier = ChainVerifier()

  /// Reads the files that the configuration names. It may wait for a disk.
  ///
  /// - Parameter versions: what is spoken in the place of what is configured.
  /// - Throws: where a file is missing or is not what it should be.
  package init(
    _ upstream: UpstreamConfiguration, versions: ClosedRange<UpstreamTLSConfiguration.Version>? = nil
  ) throws(CertificateFileError) {
    let wanted = Wanted()
    self.wanted = wanted
    tls = try UpstreamTLS(upstream, versions: versions, certificateWanted: { wanted.flag.withLock { $0 = true } }) {
      () throws(CertificateFileError) -> TrustStore in
      try TrustStore.system(key: "tls.trust")
    }
  }

  private final class Wanted: Sendable {
    let flag = Mutex(false)
  }

  private let wanted: Wanted

  /// Whether an endpoint has asked for a certificate of ours.
  package var isCertificateWanted: Bool { wanted.flag.withLock { $0 } }

  /// Begins on a channel that is connected, on its loop.
  ///
  /// - Parameters:
  ///   - limit: after which the handshake is given up.
  ///   - completion: called once, on the loop, in the turn in which the handshake is over.
  package func secure(
    _ channel: any Channel, to target: EndpointTarget, limit: TimeAmount, _ completion: @escaping (Outcome) -> Void
  ) {
    let handshake = UpstreamHandshake(tls, offersHTTP2: true, for: tls.identity(of: target), verifier: verifier)
    let bound = NIOLoopBound(handshake, eventLoop: channel.eventLoop)
    let timeout = channel.eventLoop.scheduleTask(in: limit) { bound.value.timedOut() }
    handshake.start(on: channel) { outcome in
      timeout.cancel()
      switch outcome {
      case .secured(let session): completion(.secured(Session(session: session)))
      case .failed(let failure): completion(.failed(Failure(failure)))
      }
    }
  }

  deinit { verifier.stop() }
}

extension DirectTLS.Failure {
  fileprivate init(_ failure: HandshakeFailure) {
    cause = failure.cause
    errno = failure.systemError
    evidence = failure.evidence
    firstBytes = failure.firstBytes.map { Array($0.readableBytesView) } ?? []
    firstCount = failure.firstCount
    trustWanted = failure.chain?.issuerWanted
  }
}

extension JudgedChain {
  /// Whom a chain that is not trusted leads to.
  fileprivate var issuerWanted: String? {
    for fault in faults {
      switch fault {
      case .untrusted(let issuer), .incomplete(let issuer): return issuer
      case .selfSigned: return certificates.first?.subject
      case .unfit, .expired, .notYetValid, .nameMismatch: continue
      }
    }
    return nil
  }
}
