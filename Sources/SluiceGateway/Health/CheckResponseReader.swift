internal import NIOCore
internal import SluiceCore
internal import SluiceWire

/// Reads the head of the answer to a check, and nothing behind it.
final class CheckResponseReader: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  enum Answer {
    case status(UInt16)
    /// What gRPC's health service says.
    case serving, notServing
    case failed(Cause)
  }

  /// Bytes of a head that are read, informational ones before it included.
  static let bytesMax = 16 << 10

  private var bytes = ByteBuffer()
  private var scanner = HeadScanner(role: .response, limits: HeadLimits(total: CheckResponseReader.bytesMax))
  private var head = ResponseHead()
  private var completion: ((Answer) -> Void)?

  /// What TLS agreed on; nil: the connection is plain.
  private let session: TLSSession?

  /// - Parameter completion: called at most once, on the loop.
  init(_ session: TLSSession?, _ completion: @escaping (Answer) -> Void) {
    self.session = session
    self.completion = completion
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard completion != nil else { return }
    var more = unwrapInboundIn(data)
    bytes.writeBuffer(&more)
    if bytes.writerIndex > Self.bytesMax { return end(.failed(.headerSectionTooLarge)) }
    readHead()
  }

  private func readHead() {
    while completion != nil {
      let seen = bytes
      switch scanner.scan(seen.readableBytesSpan) {
      case .incomplete:
        return
      case .failed(let fault):
        return end(.failed(Cause.of(rule: fault.rule, in: .response)))
      case .complete(let start, let length):
        do {
          try head.parse(seen.readableBytesSpan, start: start, end: length, requestMethod: .get)
        } catch {
          return end(.failed(Cause.of(rule: error.rule, in: .response)))
        }
        if head.status >= 200 || head.status == 101 { return end(.status(head.status)) }
        bytes.moveReaderIndex(forwardBy: length)
        scanner.reset()
      }
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    let cause: Cause =
      switch session?.end(for: error) {
      case .alert: .tlsAlert
      case .certificateRefused: .tlsClientCertificateWanted
      case .cut, .closed: .closedBeforeResponse
      case .reset, .writeFailed, nil: .resetBeforeResponse
      }
    end(.failed(bytes.writerIndex > 0 ? .truncatedHeaders : cause))
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    end(.failed(bytes.writerIndex > 0 ? .truncatedHeaders : .closedBeforeResponse))
    completion = nil
  }

  private func end(_ answer: Answer) {
    guard let completion else { return }
    self.completion = nil
    completion(answer)
  }
}
