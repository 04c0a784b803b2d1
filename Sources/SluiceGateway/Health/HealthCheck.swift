internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import SluiceConfiguration
internal import SluiceCore

/// One check of one endpoint: resolve, connect to its addresses in turn until one takes it, TLS for `https`, and for
/// HTTP ask and read the head of the answer. On one event loop.
final class HealthCheck {
  private let configuration: HealthCheckConfiguration
  private let target: EndpointTarget
  /// nil: the endpoint is spoken to in plain text.
  private let tls: UpstreamTLS?
  private let proxyProtocol: ProxyHeaderVersion?
  private let loop: any EventLoop
  private let services: GatewayServices
  private let names: EndpointResolver
  private var addresses: [SocketAddress] = []
  private var channel: (any Channel)?
  private var handshake: UpstreamHandshake?
  /// Asks and reads where the check speaks HTTP/2.
  private var http2: CheckHTTP2Reader?
  /// What the endpoint showed, good or not.
  private(set) var chain: JudgedChain?
  private var timeout: Scheduled<Void>?
  /// What it means if nothing more comes.
  private var lateCause = Cause.dnsTimeout
  private var completion: ((CheckOutcome) -> Void)?

  init(
    _ configuration: HealthCheckConfiguration, _ target: EndpointTarget, _ tls: UpstreamTLS?,
    _ proxyProtocol: ProxyHeaderVersion?, loop: any EventLoop,
    services: GatewayServices, names: EndpointResolver
  ) {
    self.configuration = configuration
    self.target = target
    self.tls = tls
    self.proxyProtocol = proxyProtocol
    self.loop = loop
    self.services = services
    self.names = names
  }

  /// - Parameter completion: called once, on the loop, unless the check is cancelled before.
  func start(_ completion: @escaping (CheckOutcome) -> Void) {
    self.completion = completion
    let bound = NIOLoopBound(self, eventLoop: loop)
    timeout = loop.scheduleTask(in: .nanoseconds(configuration.timeout.nanoseconds)) {
      bound.value.end(.failed(bound.value.lateCause))
    }
    switch target {
    case .unix(let path):
      guard let address = try? SocketAddress(unixDomainSocketPath: path) else {
        return end(.failed(.unixSocketMissing))
      }
      connect(to: [address])
    case .tcp(let host, let port):
      if let address = try? SocketAddress(ipAddress: host, port: Int(port)) {
        connect(to: [address])
      } else if let known = names.current.names[host], !known.addresses.isEmpty {
        connect(to: known.addresses, port: port)
      } else {
        services.resolver.resolve(host) { resolution in
          bound.eventLoop.execute { bound.value.resolved(resolution, port: port) }
        }
      }
    }
  }

  /// Nobody wants the result any longer.
  func cancel() {
    completion = nil
    timeout?.cancel()
    handshake?.giveUp()
    channel?.close(promise: nil)
  }

  private func end(_ outcome: CheckOutcome) {
    guard let completion else { return }
    cancel()
    if case .failed(let cause) = outcome, cause.ejectionWeight == .never {
      // For lack of descriptors or ports: that is ours.
      completion(.inconclusive)
    } else {
      completion(outcome)
    }
  }

  // MARK: Steps

  private func resolved(_ resolution: Resolution, port: UInt16) {
    guard completion != nil else { return }
    switch (resolution.outcome, resolution.detail) {
    case (.failed, .queueFull), (.failed, .stopped): end(.inconclusive)
    case (.failed(let cause), _): end(.failed(cause))
    case (.addresses, _): connect(to: resolution.addresses, port: port)
    }
  }

  private func connect(to addresses: [EndpointAddress], port: UInt16) {
    connect(to: AddressOrder.interleaved(addresses).compactMap { SocketAddress($0, port: port) })
  }

  private func connect(to addresses: [SocketAddress]) {
    self.addresses = addresses.reversed()
    connectNext(after: .failed(.dnsNoAddress))
  }

  private func connectNext(after outcome: CheckOutcome) {
    guard completion != nil else { return }
    guard let address = addresses.popLast() else { return end(outcome) }
    lateCause = .connectTimeout
    let bound = NIOLoopBound(self, eventLoop: loop)
    ClientBootstrap(group: loop)
      // Ours counts for the whole check.
      .connectTimeout(.hours(24))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          bound.value.channel = channel
          if bound.value.tls == nil { try bound.value.addReader(to: channel) }
        }
      }
      .connect(to: address)
      .assumeIsolated()
      .whenComplete { result in
        switch result {
        case .success(let channel): bound.value.connected(channel)
        case .failure(let error):
          let errno = (error as? IOError)?.errnoCode ?? EIO
          let call = address.protocol == .unix ? SystemCall.connectUnix : .connect
          bound.value.connectNext(after: .failed(Cause.fromSystemError(errno: errno, during: call)))
        }
      }
  }

  private func connected(_ channel: any Channel) {
    guard completion != nil else { return channel.close(promise: nil) }
    self.channel = channel
    if let proxyProtocol { channel.writeAndFlush(proxyProtocol.header(client: nil), promise: nil) }
    guard let tls else { return ask(channel) }
    lateCause = .tlsHandshakeTimeout
    // One that only connects takes what the upstream offers.
    let handshake = UpstreamHandshake(
      tls, offersHTTP2: configuration.kind == .tcp || configuration.speaksHTTP2, for: tls.identity(of: target),
      verifier: services.chainVerifier)
    self.handshake = handshake
    handshake.start(on: channel) { [self] outcome in
      self.handshake = nil
      switch outcome {
      case .failed(let failure):
        chain = failure.chain
        end(.failed(failure.cause))
      case .secured(let session):
        chain = session.chain
        secured(channel, session)
      }
    }
  }

  private func secured(_ channel: any Channel, _ session: TLSSession) {
    if configuration.speaksHTTP2, session.protocolChosen != "h2" { return end(.failed(.h2ProtocolViolation)) }
    do {
      try addReader(to: channel, session)
      ask(channel)
    } catch {
      // The channel was closed in this very turn.
      end(.failed(.tlsClosedInHandshake))
    }
  }

  private func addReader(to channel: any Channel, _ session: TLSSession? = nil) throws {
    let bound = NIOLoopBound(self, eventLoop: loop)
    if configuration.speaksHTTP2, let question {
      let reader = CheckHTTP2Reader(question, isSecure: tls != nil) { bound.value.answered($0) }
      http2 = reader
      try channel.pipeline.syncOperations.addHandler(reader)
    } else {
      try channel.pipeline.syncOperations.addHandler(CheckResponseReader(session) { bound.value.answered($0) })
    }
  }

  /// What is asked over HTTP/2; nil: nothing.
  private var question: CheckHTTP2Reader.Question? {
    let own = EndpointState.authority(of: target, usesTLS: tls != nil)
    return switch configuration.kind {
    case .tcp: nil
    case .http(let path, let host, _): .get(path: path, host: host ?? own)
    case .grpc(let service, let host): .grpcHealth(service: service, host: host ?? own)
    }
  }

  private func ask(_ channel: any Channel) {
    switch configuration.kind {
    case .tcp:
      end(.passed)
    case .grpc:
      lateCause = .responseHeaderTimeout
      http2?.ask(on: channel)
    case .http(let path, let host, _):
      lateCause = .responseHeaderTimeout
      if let http2 { return http2.ask(on: channel) }
      var request = ByteBuffer()
      request.writeString(
        "GET \(path) HTTP/1.1\r\nHost: \(host ?? EndpointState.authority(of: target, usesTLS: tls != nil))\r\n")
      request.writeString("User-Agent: sluice-health\r\nAccept: */*\r\nConnection: close\r\n\r\n")
      channel.writeAndFlush(request, promise: nil)
    }
  }

  private func answered(_ answer: CheckResponseReader.Answer) {
    switch (answer, configuration.kind) {
    case (.failed(let cause), _): end(.failed(cause))
    case (.serving, _): end(.passed)
    case (.notServing, _): end(.notServing)
    case (.status(let status), .http(_, _, let statuses)):
      end(statuses.contains { $0.contains(status) } ? .passed : .unexpectedStatus(status))
    case (.status(let status), .grpc): end(.unexpectedStatus(status))
    // Nothing was asked.
    case (.status, .tcp): break
    }
  }
}
