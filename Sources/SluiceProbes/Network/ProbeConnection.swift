internal import NIOCore
internal import NIOPosix
internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceGateway
internal import SluiceIncidents

/// One connection of ours to an endpoint, secured where that is wanted, on which requests are asked one after the
/// other.
final class ProbeConnection: Sendable {
  /// How a connection came about, or why not.
  enum Opening: Sendable {
    case open(ProbeConnection, TLSEvidence?)
    case refused(errno: Int32)
    case late
    case insecure(DirectTLS.Failure)
  }

  private let loop: any EventLoop
  private let conversation: NIOLoopBound<Conversation>

  private init(_ conversation: Conversation, on loop: any EventLoop) {
    self.loop = loop
    self.conversation = NIOLoopBound(conversation, eventLoop: loop)
  }

  /// Connects, and makes the handshake.
  ///
  /// - Parameters:
  ///   - address: as in `127.0.0.1:3000`, or `unix:/path`.
  ///   - tls: nil: plain text.
  ///   - speaksHTTP2: without TLS; with it the endpoint chooses.
  static func open(
    _ address: String, _ target: ProbeTarget, tls: DirectTLS?, speaksHTTP2: Bool, connect: Duration,
    handshake: Duration
  ) async -> Opening {
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let place = target.endpoint.target
    let header = target.settings.proxyProtocol.map {
      ProxyHeaderWriter(isBinary: $0 == .v2).bytes(client: nil, destination: .none)
    }
    return await withCheckedContinuation { continuation in
      loop.execute {
        guard let socketAddress = socketAddress(address) else {
          return continuation.resume(returning: .refused(errno: 0))
        }
        ClientBootstrap(group: loop)
          .connectTimeout(.milliseconds(Int64(connect.milliseconds)))
          .connect(to: socketAddress)
          .assumeIsolated()
          .whenComplete { result in
            switch result {
            case .failure(let error as IOError): continuation.resume(returning: .refused(errno: error.errnoCode))
            case .failure: continuation.resume(returning: .late)
            case .success(let channel):
              if let header { channel.writeAndFlush(ByteBuffer(bytes: header), promise: nil) }
              guard let tls else {
                let conversation = Conversation(
                  channel, speaksHTTP2 ? .http2(HTTP2Dialogue()) : .http1(HTTP1Dialogue()))
                return continuation.resume(returning: made(conversation, on: channel, nil))
              }
              tls.secure(channel, to: place, limit: .milliseconds(Int64(handshake.milliseconds))) { outcome in
                switch outcome {
                case .failed(let failure):
                  channel.close(promise: nil)
                  continuation.resume(returning: .insecure(failure))
                case .secured(let session):
                  let conversation = Conversation(
                    channel, session.protocolChosen == "h2" ? .http2(HTTP2Dialogue()) : .http1(HTTP1Dialogue()), session
                  )
                  continuation.resume(returning: made(conversation, on: channel, session.evidence))
                }
              }
            }
          }
      }
    }
  }

  private static func made(
    _ conversation: Conversation, on channel: any Channel, _ evidence: TLSEvidence?
  ) -> Opening {
    do {
      try channel.pipeline.syncOperations.addHandler(conversation)
    } catch {
      // The channel was closed in this very turn.
      return .refused(errno: 0)
    }
    return .open(ProbeConnection(conversation, on: channel.eventLoop), evidence)
  }

  private static func socketAddress(_ text: String) -> SocketAddress? {
    if text.hasPrefix("unix:") { return try? SocketAddress(unixDomainSocketPath: String(text.dropFirst(5))) }
    guard var address = EndpointAddress(text) else { return nil }
    let port = Int(address.port)
    address.port = 0
    return try? SocketAddress(ipAddress: address.description, port: port)
  }

  /// Asks, and waits for the whole answer.
  func ask(_ question: ProbeQuestion, within limit: Duration) async -> ProbeAnswer {
    await withCheckedContinuation { continuation in
      loop.execute { [conversation] in
        conversation.value.ask(question, limit) { continuation.resume(returning: $0) }
      }
    }
  }

  /// Waits for the end of a connection on which nothing is asked.
  ///
  /// - Returns: how long that took, in milliseconds; nil: it was open all the time.
  func watch(for span: Duration) async -> Double? {
    await withCheckedContinuation { continuation in
      loop.execute { [conversation] in
        conversation.value.watch(for: span) { continuation.resume(returning: $0) }
      }
    }
  }

  func close() {
    loop.execute { [conversation] in conversation.value.close() }
  }

  deinit { close() }
}
