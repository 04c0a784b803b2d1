internal import NIOCore
internal import SluiceCore
internal import SluiceWire

/// Asks one thing over HTTP/2 and reads the answer: the status of a GET, or what gRPC's health service says.
final class CheckHTTP2Reader: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  enum Question {
    case get(path: String, host: String)
    /// The service that is asked about; empty: the server as a whole (gRPC Health Checking Protocol).
    case grpcHealth(service: String, host: String)
  }

  /// Bytes of an answer's messages that are kept: one of them says it all.
  static let messageMax = 1 << 10

  private let question: Question
  private let isSecure: Bool
  private var machine = HTTP2Connection(.upstream, limits: HTTP2Limits(streamsMax: 1, streamWindow: 64 << 10))
  private var input = ByteBuffer()
  private var message: [UInt8] = []
  private var status: UInt16 = 0
  private var grpcStatus: [UInt8]?
  private var completion: ((CheckResponseReader.Answer) -> Void)?

  /// - Parameter completion: called at most once, on the loop.
  init(_ question: Question, isSecure: Bool, _ completion: @escaping (CheckResponseReader.Answer) -> Void) {
    self.question = question
    self.isSecure = isSecure
    self.completion = completion
  }

  // MARK: The question

  /// On a channel that is connected.
  func ask(on channel: any Channel) {
    machine.start()
    let id = machine.open()
    var block: [UInt8] = []
    switch question {
    case .get(let path, let host):
      appendRequest("GET", path, host, to: &block)
      appendFields([("user-agent", "sluice-health"), ("accept", "*/*")], to: &block)
      FrameWriting.appendHeaders(block, endsStream: true, streamID: id, payloadMax: 16_384, to: &machine.output)
    case .grpcHealth(let service, let host):
      appendRequest("POST", "/grpc.health.v1.Health/Check", host, to: &block)
      appendFields(
        [("user-agent", "sluice-health"), ("te", "trailers"), ("content-type", "application/grpc")], to: &block)
      FrameWriting.appendHeaders(block, endsStream: false, streamID: id, payloadMax: 16_384, to: &machine.output)
      let body = Self.message(asking: service)
      FrameWriting.appendDataHeader(length: body.count, endsStream: true, streamID: id, to: &machine.output)
      machine.output += body
    }
    machine.endedHere(id)
    channel.writeAndFlush(ByteBuffer(bytes: machine.output), promise: nil)
    machine.output = []
  }

  private func appendRequest(_ method: String, _ path: String, _ host: String, to block: inout [UInt8]) {
    HPACKEncoder.appendRequest(
      method: Array(method.utf8).span.bytes, isSecure: isSecure, authority: Array(host.utf8).span.bytes,
      path: Array(path.utf8).span.bytes, to: &block)
  }

  private func appendFields(_ fields: [(String, String)], to block: inout [UInt8]) {
    for (name, value) in fields {
      HPACKEncoder.append(name: Array(name.utf8).span.bytes, value: Array(value.utf8).span.bytes, to: &block)
    }
  }

  /// `HealthCheckRequest { string service = 1; }`, as one message of gRPC: not compressed, its length, its bytes.
  static func message(asking service: String) -> [UInt8] {
    let name = Array(service.utf8)
    // Names longer than a length byte's seven bits are not those of services; the configuration refuses them.
    let content = name.isEmpty ? [] : [0x0A, UInt8(truncatingIfNeeded: name.count & 0x7F)] + name
    return [0, 0, 0, 0, UInt8(truncatingIfNeeded: content.count)] + content
  }

  /// `HealthCheckResponse { ServingStatus status = 1; }`; nil where it is not that.
  static func isServing(_ message: [UInt8]) -> Bool? {
    guard message.count >= 5, message[0] == 0 else { return nil }
    let content = message.dropFirst(5)
    // What has the default value, UNKNOWN, is left out.
    guard let tag = content.first else { return false }
    guard tag == 0x08, content.count >= 2 else { return nil }
    return content[content.startIndex + 1] == 1
  }

  // MARK: The answer

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard completion != nil else { return }
    var more = unwrapInboundIn(data)
    input.writeBuffer(&more)
    let now = Clock.now()
    while completion != nil {
      var offset = 0
      let seen = input
      let event = machine.receive(seen.readableBytesSpan, at: &offset, now: now)
      if event == .needMore { break }
      take(event, seen)
      input.moveReaderIndex(forwardBy: offset)
    }
    input.discardReadBytes()
    guard !machine.output.isEmpty else { return }
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: machine.output)), promise: nil)
    machine.output = []
  }

  private func take(_ event: HTTP2Event, _ bytes: ByteBuffer) {
    switch event {
    case .head(_, let ends): headArrived(ends: ends)
    case .trailers: ended(machine.list)
    case .data(_, let range, let ends):
      let content = bytes.getBytes(at: bytes.readerIndex + Int(range.lowerBound), length: range.count) ?? []
      message += content.prefix(max(Self.messageMax - message.count, 0))
      if ends { ended(nil) }
    case .reset(_, let code): end(.failed(code == .refusedStream ? .h2RefusedStream : .h2StreamReset))
    case .goneAway(let last, _): if last == 0 { end(.failed(.h2GoawayUnprocessed)) }
    case .failed, .streamFailed: end(.failed(.h2ProtocolViolation))
    case .needMore, .nothing, .windowOpened, .settingsChanged, .pingAnswered: break
    }
  }

  private func headArrived(ends: Bool) {
    var head = ResponseHead()
    do {
      try head.read(machine.list, endsStream: ends, requestMethod: .get)
    } catch {
      return end(.failed(Cause.of(rule: error.rule, in: .response)))
    }
    guard head.status >= 200 else { return }
    status = head.status
    if case .get = question { return end(.status(status)) }
    // Trailers-only: the call has failed, and its status is here.
    if ends { ended(machine.list) }
  }

  private func ended(_ list: HeaderList?) {
    guard case .grpcHealth = question else { return end(.status(status)) }
    guard status == 200 else { return end(.status(status)) }
    for field in list?.fields ?? [] where field.known == .grpcStatus {
      grpcStatus = list.map { Array($0.bytes[field.value.offsets]) }
    }
    guard grpcStatus == Array("0".utf8), let isServing = Self.isServing(message) else {
      return end(.notServing)
    }
    end(isServing ? .serving : .notServing)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    end(.failed(.resetBeforeResponse))
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    end(.failed(.closedBeforeResponse))
    completion = nil
  }

  private func end(_ answer: CheckResponseReader.Answer) {
    guard let completion else { return }
    self.completion = nil
    completion(answer)
  }
}
