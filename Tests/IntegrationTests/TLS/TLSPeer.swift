import NIOCore
import NIOPosix
import NIOSSL
import SluiceLab

/// An endpoint that speaks TLS with a certificate of the test's choice, and HTTP/1.1 with fixed bytes.
final class TLSPeer: Sendable {
  enum End: Sendable {
    /// The connection stays.
    case open
    /// With close_notify.
    case closed
    /// Without it.
    case cut
  }

  private let channel: any Channel
  var port: Int { channel.localAddress?.port ?? 0 }

  static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n"

  private init(_ channel: any Channel) { self.channel = channel }

  static func start(
    _ certificate: IssuedCertificate, port: Int = 0, answer: String = ok, end: End = .open,
    _ change: (inout TLSConfiguration) -> Void = { _ in }
  ) async throws -> TLSPeer {
    var settings = TLSConfiguration.makeServerConfiguration(
      certificateChain: try certificate.chain.map { .certificate(try NIOSSLCertificate(bytes: $0, format: .der)) },
      privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(certificate.keyPEM.utf8), format: .pem)))
    change(&settings)
    let context = try NIOSSLContext(configuration: settings)
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let secure = NIOSSLServerHandler(context: context)
          try channel.pipeline.syncOperations.addHandler(secure)
          try channel.pipeline.syncOperations.addHandler(Answerer(answer: answer, end: end))
        }
      }
      .bind(host: "127.0.0.1", port: port).get()
    return TLSPeer(channel)
  }

  func stop() async throws { try await channel.close().get() }

  private final class Answerer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let answer: String
    private let end: End
    private var seen = ""

    init(answer: String, end: End) {
      self.answer = answer
      self.end = end
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      seen += String(buffer: unwrapInboundIn(data))
      guard seen.contains("\r\n\r\n") else { return }
      seen = ""
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
      switch end {
      case .open: break
      case .closed: context.close(promise: nil)
      case .cut:
        // Below TLS: nothing is said.
        try? context.pipeline.syncOperations.context(handlerType: NIOSSLServerHandler.self).close(promise: nil)
      }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
  }
}

/// Runs a test with such an endpoint.
func withTLSPeer<Value>(
  _ certificate: IssuedCertificate, answer: String = TLSPeer.ok, end: TLSPeer.End = .open,
  change: (inout TLSConfiguration) -> Void = { _ in }, _ body: (TLSPeer) async throws -> Value
) async throws -> Value {
  let peer = try await TLSPeer.start(certificate, answer: answer, end: end, change)
  do {
    let value = try await body(peer)
    try await peer.stop()
    return value
  } catch {
    try? await peer.stop()
    throw error
  }
}
