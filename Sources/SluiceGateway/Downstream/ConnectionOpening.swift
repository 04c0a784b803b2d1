internal import Glibc
internal import NIOCore
internal import NIOSSL
internal import NIOTLS
internal import SluiceConfiguration
internal import SluiceCore

/// What comes before the first request where a listener speaks TLS or expects the PROXY protocol: the header of a
/// proxy, the first byte, the handshake. Then it makes way for the connection that serves requests.
///
/// # Overview
/// It stands in front of the TLS handler and sees every byte until the handshake is over; behind it `HandshakeWatch`
/// tells how the handshake ended. It counts as a connection of its listener from the moment of its accept.
///
/// # Why this way
/// A client that speaks plain HTTP to a TLS port gets an answer that says so, and only who looks at the first byte can
/// give it. A listener without TLS and without a PROXY header never meets this class.
final class ConnectionOpening: ChannelDuplexHandler, RemovableChannelHandler, DownstreamConnection {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundIn = ByteBuffer

  enum Phase: Equatable {
    case proxyHeader, firstByte, handshake
    /// The handshake has failed and an alert says why; what the client still sends is dropped, within bounds.
    case lingering(until: Instant, dropped: Int)
    /// Handed over, failed or gone.
    case over
  }

  let worker: Worker
  let listener: ListenerState
  let deadline: Instant
  /// In `trusted.proxies`.
  private let isProxy: Bool
  private(set) var client: ClientFacts
  private(set) var context: ChannelHandlerContext?
  private(set) var phase: Phase
  /// Bytes of a PROXY header that is not whole.
  private var held: ByteBuffer?
  private var sawBytes = false
  /// The name that the client asked for.
  private var wantedName: String?
  private var saysAlert = false
  private var drainLimit = Instant.never
  private var entry: TimerWheel.Entry?

  init(worker: Worker, listener: ListenerState, client: ClientFacts, at now: Instant) {
    self.worker = worker
    self.listener = listener
    self.client = client
    deadline = now + listener.timeouts.handshake
    isProxy = worker.snapshot.shared.proxies.contains(client.address)
    switch listener.proxyProtocol {
    case .off: phase = .firstByte
    case .required: phase = .proxyHeader
    case .trusted: phase = isProxy ? .proxyHeader : .firstByte
    }
  }

  // MARK: Life

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    worker.downstreams[ObjectIdentifier(self)] = self
    listener.connections += 1
    let entry = worker.timers.add(self)
    self.entry = entry
    worker.timers.schedule(entry, by: deadline)
  }

  /// Refuses at once whom the listener does not serve. In the next turn of the loop: a channel that is closed before it
  /// is registered is an error of the accepting one.
  func admit() {
    guard phase == .proxyHeader && !isProxy || listener.connections > listener.limits.connections else { return }
    let bound = NIOLoopBound(self, eventLoop: worker.loop)
    worker.loop.execute { bound.value.refuseUnserved() }
  }

  private func refuseUnserved() {
    if phase == .proxyHeader, !isProxy {
      fail(.peerUntrusted)
    } else if listener.connections > listener.limits.connections + Self.refusalsMax {
      fail(.connectionLimit)
    }
  }

  /// Connections beyond the limit that are still told so in HTTP: it costs them a handshake.
  static let refusalsMax = 256

  func handlerRemoved(context: ChannelHandlerContext) {
    leave()
    self.context = nil
  }

  func channelInactive(context: ChannelHandlerContext) {
    context.fireChannelInactive()
    clientLeft()
    leave()
  }

  /// No longer one of the listener's connections.
  private func leave() {
    phase = .over
    held = nil
    guard let entry else { return }
    self.entry = nil
    worker.timers.remove(entry)
    worker.downstreams[ObjectIdentifier(self)] = nil
    listener.connections -= 1
  }

  // MARK: Bytes

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let bytes = unwrapInboundIn(data)
    sawBytes = sawBytes || bytes.readableBytes > 0
    switch phase {
    case .proxyHeader: readHeader(bytes)
    case .firstByte: begin(bytes)
    case .handshake: forward(bytes)
    case .lingering(let until, let dropped):
      phase = .lingering(until: until, dropped: dropped + bytes.readableBytes)
      if dropped + bytes.readableBytes > Linger.bytes { closeNow() }
    case .over: break
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    if phase == .handshake { context.fireChannelReadComplete() }
  }

  private func readHeader(_ bytes: ByteBuffer) {
    guard isProxy else { return fail(.peerUntrusted) }
    var all = held ?? ByteBuffer()
    held = nil
    all.writeImmutableBuffer(bytes)
    switch ProxyHeaderReader.read(all.readableBytesSpan) {
    case .needMore:
      held = all
    case .failed(let fault):
      if fault == .missing { fail(.proxyHeaderMissing) } else { fail(.proxyHeaderMalformed, detail: "\(fault)") }
    case .complete(let header):
      all.moveReaderIndex(forwardBy: header.length)
      if let address = header.client {
        client.address = address
        client.addressText = address.hostText
      }
      phase = .firstByte
      if listener.security == nil {
        serve(plain: all)
      } else if all.readableBytes > 0 {
        begin(all)
      }
    }
  }

  /// The first byte of a TLS connection is the type of a handshake record (RFC 8446 section 5.1).
  private static let handshakeRecord: UInt8 = 0x16

  private func begin(_ bytes: ByteBuffer) {
    guard let first = bytes.getInteger(at: bytes.readerIndex, as: UInt8.self), let context else { return }
    guard let security = listener.security, first == Self.handshakeRecord else {
      // Plain HTTP to a TLS port, or no HTTP at all: the connection for requests says which.
      client.isPlainOnTLS = listener.security != nil
      return serve(plain: bytes)
    }
    var options = NIOSSLHandler.Configuration()
    options.maximumPreservedOutboundBufferCapacity = Self.keptOutput
    let tls = NIOSSLServerHandler(context: security.context, configuration: options)
    let watch = HandshakeWatch(self, tls)
    phase = .handshake
    do {
      try context.pipeline.syncOperations.addHandlers([tls, watch], position: .after(self))
    } catch {
      return closeNow()
    }
    forward(bytes)
  }

  /// Bytes of encrypted output whose storage a connection keeps.
  static let keptOutput = 16 << 10

  private func forward(_ bytes: ByteBuffer) {
    guard let context else { return }
    // The library asks for the certificate in the middle of this call, and does not say for whom.
    let worker = worker
    worker.opening = self
    context.fireChannelRead(wrapInboundOut(bytes))
    worker.opening = nil
  }

  func chooseCertificate(for name: String?) -> NIOSSLContextConfigurationOverride? {
    wantedName = name
    return listener.security?.certificates.choose(for: name).override
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if let event = event as? ChannelEvent, event == .inputClosed, phase != .handshake {
      clientLeft()
      context.close(promise: nil)
    } else {
      context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if phase == .handshake { return context.fireErrorCaught(error) }
    clientLeft()
    context.close(promise: nil)
  }

  // MARK: The end

  /// The TLS handler closes after its alert. A client that has sent its request behind its last handshake message, as
  /// TLS 1.3 lets it, would lose the alert to a reset.
  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    guard phase == .over, saysAlert, mode == .all, let entry else {
      return context.close(mode: mode, promise: promise)
    }
    saysAlert = false
    let until = Clock.now() + Linger.time
    phase = .lingering(until: until, dropped: 0)
    worker.timers.schedule(entry, by: until)
    context.close(mode: .output, promise: promise)
  }

  /// One that connects, says nothing and leaves only looked whether somebody listens: balancers do.
  private func clientLeft() {
    switch phase {
    case .over, .lingering: break
    case .proxyHeader, .firstByte, .handshake: if sawBytes { note(.closed) }
    }
  }

  /// Counts and tells; nothing more is told of this connection.
  private func note(_ reason: OpeningFailure, detail: String? = nil) {
    phase = .over
    worker.counters.openingFailures[reason] += 1
    worker.services.openings.tell(
      reason,
      OpeningLog.Facts(
        client: client.address, listener: listener.address.description, name: wantedName, detail: detail),
      at: Clock.now())
  }

  private func fail(_ reason: OpeningFailure, detail: String? = nil) {
    guard phase != .over else { return }
    note(reason, detail: detail)
    closeNow()
  }

  /// The TLS handler has failed the handshake, and closes.
  func handshakeFailed(_ reason: OpeningFailure, detail: String?) {
    guard phase == .handshake else { return }
    note(reason, detail: detail)
    saysAlert = reason != .closed && reason != .alertReceived
  }

  func drain(until limit: Instant) {
    drainLimit = limit
    if let entry, limit < deadline { worker.timers.schedule(entry, by: limit) }
  }

  /// In front of the TLS handler: nothing is said and nothing waited for.
  func closeNow() { context?.close(promise: nil) }

  // MARK: Handing over

  private func serve(plain bytes: ByteBuffer) {
    guard let context else { return }
    let connection = makeConnection(for: nil)
    leave()
    do {
      try context.pipeline.syncOperations.addHandler(connection)
    } catch {
      return closeNow()
    }
    handOver(to: connection)
    if bytes.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(bytes)) }
    context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
  }

  /// In TLS 1.3 we have nothing to say to the client's Finished: the library sends its tickets with the first response.
  /// A client that waits for an acknowledgement before its request would wait for the kernel's delayed one, 40 ms.
  private func acknowledge(_ channel: any Channel) {
    try? channel.syncOptions?.setOption(.tcpOption(.init(rawValue: TCP_QUICKACK)), value: 1)
  }

  /// The handshake is over; what the client sends next is for the connection that is added here.
  func secured(_ tls: NIOSSLServerHandler, protocol negotiated: String?, watch: ChannelHandlerContext) {
    guard phase == .handshake, let context else { return }
    acknowledge(context.channel)
    client.isSecure = true
    client.tls = tls.tlsVersion == .tlsv13 ? .tls13 : .tls12
    if client.tls == .tls13 { worker.counters.handshakesTLS13 += 1 } else { worker.counters.handshakesTLS12 += 1 }
    if listener.security?.forwardsClientCertificate == true {
      client.certificate = tls.peerCertificate.flatMap(ClientCertificate.init)
    }
    let connection = makeConnection(for: negotiated)
    leave()
    do {
      try context.pipeline.syncOperations.addHandler(connection)
    } catch {
      return closeNow()
    }
    handOver(to: connection)
    watch.pipeline.syncOperations.removeHandler(context: watch, promise: nil)
    context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
  }

  private func handOver(to connection: any DownstreamConnection) {
    if drainLimit != .never { connection.drain(until: drainLimit) }
    if listener.connections > listener.limits.connections { connection.refuseConnection() }
  }

  /// - Parameter negotiated: what ALPN chose, nil where it did not; `ListenerSecurity.protocols` are offered.
  private func makeConnection(for negotiated: String?) -> any DownstreamConnection {
    let now = Clock.now()
    return negotiated == ListenerSecurity.http2
      ? HTTP2DownstreamConnection(worker: worker, listener: listener, client: client, at: now)
      : HTTP1DownstreamConnection(worker: worker, listener: listener, client: client, at: now)
  }

  /// Before its handshake is over a client cannot be told.
  func refuseConnection() { closeNow() }
}

extension ConnectionOpening: TimerOwner {
  func timerCame(at now: Instant) -> Instant {
    switch phase {
    case .over: return .never
    case .lingering(let until, _):
      if now >= until { closeNow() }
      return until
    case .proxyHeader, .firstByte, .handshake: break
    }
    if now >= deadline {
      fail(.timeout, detail: sawBytes ? nil : "it sent nothing")
    } else if now >= drainLimit {
      closeNow()
    }
    return min(deadline, drainLimit)
  }
}
