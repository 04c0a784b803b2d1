internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import SluiceConfiguration
internal import SluiceCore

/// Makes one connection to an endpoint: its addresses, the race that `HappyEyeballs` decides, then TLS for `https`.
///
/// The connect timeout is each address's own (DECISIONS 19), so that its failure has its own errno. The handshake has
/// one of its own too, and only the address that won has one: a certificate that is wrong is wrong at every address.
final class Connector: TimerOwner {
  enum Outcome {
    case connected(any UpstreamConnection)
    case failed(Cause, systemError: Int32)
    case handshakeFailed(HandshakeFailure)
  }

  struct Result {
    var address = EndpointAddress.none
    /// Microseconds; -1: there was nothing to resolve.
    var resolveTime: Int32 = -1
    var connectTime: Int32 = -1
    /// Microseconds; -1: there was no handshake.
    var tlsTime: Int32 = -1
    /// What the endpoint showed, good or not.
    var chain: JudgedChain?
    /// Of the name server that was asked.
    var responseCode = DNSResponseCode.none
    var outcome: Outcome

    var cause: Cause? {
      switch outcome {
      case .connected: nil
      case .failed(let cause, _): cause
      case .handshakeFailed(let failure): failure.cause
      }
    }

    /// How far it came.
    var phase: Phase {
      switch outcome {
      case .connected: .wait
      case .failed: .connect
      case .handshakeFailed: .tls
      }
    }
  }

  private struct Attempt {
    var connection: (any UpstreamConnection)?
    var channel: (any Channel)?
    var deadline = Instant.never
  }

  private let worker: Worker
  private let endpoint: EndpointState
  private var addresses: [SocketAddress] = []
  private var attempts: [Attempt] = []
  private var race = HappyEyeballs(attemptCount: 0)
  private var raceTimer = Instant.never
  private var entry: TimerWheel.Entry?
  private var startedAt = Instant.never
  private var resolvedAt = Instant.never
  private var connectedAt = Instant.never
  private var handshake: UpstreamHandshake?
  private var chain: JudgedChain?
  /// Of the address that won.
  private var secured: (any Channel)?
  private var handshakeDeadline = Instant.never
  private var resolveTime: Int32 = -1
  private var responseCode = DNSResponseCode.none
  private var completion: ((Result) -> Void)?

  private let offersHTTP2: Bool
  /// Whom the connection is for, where the endpoint is told.
  private let client: ClientFacts

  init(worker: Worker, endpoint: EndpointState, offersHTTP2: Bool, client: ClientFacts) {
    self.client = client
    self.worker = worker
    self.endpoint = endpoint
    self.offersHTTP2 = offersHTTP2
  }

  /// Somebody else waits for the result from now on.
  func report(_ completion: @escaping (Result) -> Void) { self.completion = completion }

  /// - Parameter completion: called once, on the loop, unless the connector is cancelled before.
  func start(at now: Instant, _ completion: @escaping (Result) -> Void) {
    startedAt = now
    self.completion = completion
    switch endpoint.target {
    case .unix(let path):
      guard let address = try? SocketAddress(unixDomainSocketPath: path) else {
        return end(.failed(.unixSocketMissing, systemError: ENAMETOOLONG), attempt: nil)
      }
      connect(to: [address], at: now)
    case .tcp(let host, let port):
      if let address = try? SocketAddress(ipAddress: host, port: Int(port)) {
        connect(to: [address], at: now)
      } else {
        lookUp(host, port, at: now)
      }
    }
  }

  // MARK: Addresses

  /// What the resolver keeps fresh; a name that it has no result for yet is asked for.
  private func lookUp(_ host: String, _ port: UInt16, at now: Instant) {
    if let known = worker.resolved.names[host], !known.addresses.isEmpty {
      resolveTime = 0
      return connect(to: known.addresses, port: port, at: now)
    }
    let handle = worker.handle
    let bound = NIOLoopBound(self, eventLoop: worker.loop)
    worker.services.resolver.resolve(host) { resolution in
      handle.run { _ in bound.value.resolutionCame(resolution, port: port) }
    }
  }

  private func resolutionCame(_ resolution: Resolution, port: UInt16) {
    guard completion != nil else { return }
    let now = Clock.now()
    resolveTime = microseconds(from: startedAt, to: now)
    responseCode = DNSResponseCode(number: resolution.rcode.map { Int32($0) } ?? -1)
    switch resolution.outcome {
    case .failed(let cause): end(.failed(cause, systemError: 0), attempt: nil)
    case .addresses: connect(to: resolution.addresses, port: port, at: now)
    }
  }

  private func connect(to addresses: [EndpointAddress], port: UInt16, at now: Instant) {
    connect(to: AddressOrder.interleaved(addresses).compactMap { SocketAddress($0, port: port) }, at: now)
  }

  // MARK: The race

  private func connect(to addresses: [SocketAddress], at now: Instant) {
    self.addresses = addresses
    resolvedAt = now
    attempts = addresses.map { _ in Attempt() }
    race = HappyEyeballs(attemptCount: addresses.count)
    step(.started, at: now)
  }

  private func step(_ event: HappyEyeballs.Event, at now: Instant) {
    for effect in race.handle(event, at: now) {
      switch effect {
      case .start(let attempt): start(attempt, at: now)
      case .cancel(let attempt): drop(attempt)
      case .setTimer(let instant): raceTimer = instant
      case .clearTimer: raceTimer = .never
      case .succeed(let attempt): succeed(attempt)
      case .fail(let attempt, let errno): end(.failed(cause(of: errno, attempt), systemError: errno), attempt: attempt)
      }
    }
    if completion != nil { schedule() }
  }

  private func start(_ attempt: Int, at now: Instant) {
    // With TLS it is not known yet which protocol the connection will speak.
    let made = endpoint.tls == nil ? makeConnection(isHTTP2: offersHTTP2, addresses[attempt], nil, at: now) : nil
    attempts[attempt].connection = made
    attempts[attempt].deadline = now + endpoint.timeouts.connect
    UpstreamBootstrap.connect(to: addresses[attempt], handler: made, worker: worker) { channel in
      self.attempts[attempt].channel = channel
    } completion: { outcome in
      self.ended(attempt, outcome)
    }
  }

  private func makeConnection(
    isHTTP2: Bool, _ address: SocketAddress, _ session: TLSSession?, at now: Instant
  ) -> any UpstreamConnection {
    let address = EndpointAddress(address)
    return isHTTP2
      ? HTTP2UpstreamConnection(worker: worker, endpoint: endpoint, address: address, session: session, at: now)
      : HTTP1UpstreamConnection(worker: worker, endpoint: endpoint, address: address, session: session)
  }

  private func ended(_ attempt: Int, _ outcome: Swift.Result<any Channel, any Error>) {
    // One that was given up reports late.
    guard completion != nil, attempts[attempt].deadline != .never else { return }
    attempts[attempt].deadline = .never
    switch outcome {
    case .success: step(.connected(attempt: attempt), at: Clock.now())
    case .failure(let error):
      step(.failed(attempt: attempt, errno: (error as? IOError)?.errnoCode ?? EIO), at: Clock.now())
    }
  }

  private func cause(of errno: Int32, _ attempt: Int) -> Cause {
    guard addresses.indices.contains(attempt) else { return .dnsNoAddress }
    return Cause.fromSystemError(
      errno: errno, during: addresses[attempt].protocol == .unix ? .connectUnix : .connect)
  }

  private func succeed(_ attempt: Int) {
    let channel = attempts[attempt].channel
    attempts[attempt].channel = nil
    if let version = endpoint.proxyProtocol {
      channel?.writeAndFlush(version.header(client: client), promise: nil)
    }
    if let connection = attempts[attempt].connection { return end(.connected(connection), attempt: attempt) }
    guard let tls = endpoint.tls, let channel else { return }
    secure(channel, with: tls, attempt)
  }

  // MARK: TLS

  private func secure(_ channel: any Channel, with tls: UpstreamTLS, _ attempt: Int) {
    connectedAt = Clock.now()
    handshakeDeadline = connectedAt + endpoint.timeouts.tls
    secured = channel
    let handshake = UpstreamHandshake(
      tls, offersHTTP2: offersHTTP2, for: tls.identity(of: endpoint.target), verifier: worker.services.chainVerifier)
    self.handshake = handshake
    handshake.start(on: channel) { [self] outcome in
      self.handshake = nil
      switch outcome {
      case .failed(let failure):
        chain = failure.chain
        end(.handshakeFailed(failure), attempt: attempt)
      case .secured(let session):
        chain = session.chain
        speak(session, on: channel, attempt)
      }
    }
  }

  /// The connection for the protocol that was negotiated, which is one of those offered or none.
  private func speak(_ session: TLSSession, on channel: any Channel, _ attempt: Int) {
    secured = nil
    let chosen = session.protocolChosen
    let fits = endpoint.requiresHTTP2 ? chosen == "h2" : chosen == nil || session.offers.contains(chosen ?? "")
    guard fits else {
      var evidence = session.evidence
      evidence.reason =
        chosen.map { "the endpoint chose the protocol \($0), which was not offered" }
        ?? "the endpoint did not agree to HTTP/2, which is all that was offered"
      channel.close(promise: nil)
      return end(
        .handshakeFailed(HandshakeFailure(cause: .tlsHandshakeFailed, evidence: evidence)), attempt: attempt)
    }
    let connection = makeConnection(isHTTP2: chosen == "h2", addresses[attempt], session, at: Clock.now())
    do {
      try channel.pipeline.syncOperations.addHandler(connection)
      end(.connected(connection), attempt: attempt)
    } catch {
      // The channel was closed in this very turn.
      end(
        .handshakeFailed(HandshakeFailure(cause: .tlsClosedInHandshake, evidence: session.evidence)), attempt: attempt)
    }
  }

  private func drop(_ attempt: Int) {
    attempts[attempt].deadline = .never
    attempts[attempt].channel?.close(promise: nil)
    attempts[attempt].channel = nil
  }

  // MARK: Ends

  private func end(_ outcome: Outcome, attempt: Int?) {
    guard let completion else { return }
    self.completion = nil
    dropTimer()
    var result = Result(outcome: outcome)
    result.chain = chain
    result.resolveTime = resolveTime
    result.responseCode = responseCode
    if let attempt, addresses.indices.contains(attempt) { result.address = EndpointAddress(addresses[attempt]) }
    if result.cause != nil, !addresses.isEmpty, let name = endpoint.name { worker.services.refresh(name) }
    let now = Clock.now()
    if connectedAt != .never {
      result.connectTime = microseconds(from: resolvedAt, to: connectedAt)
      result.tlsTime = microseconds(from: connectedAt, to: now)
    } else if resolvedAt != .never {
      result.connectTime = microseconds(from: resolvedAt, to: now)
    }
    completion(result)
  }

  /// Nobody wants the connection any longer.
  func cancel() {
    completion = nil
    dropTimer()
    for attempt in attempts.indices { drop(attempt) }
    handshake?.giveUp()
    secured?.close(promise: nil)
  }

  // MARK: Time

  private var deadline: Instant { attempts.reduce(min(raceTimer, handshakeDeadline)) { min($0, $1.deadline) } }

  private func schedule() {
    let entry = entry ?? worker.timers.add(self)
    self.entry = entry
    worker.timers.schedule(entry, by: deadline)
  }

  private func dropTimer() {
    if let entry { worker.timers.remove(entry) }
    entry = nil
  }

  func timerCame(at now: Instant) -> Instant {
    for attempt in attempts.indices where attempts[attempt].deadline <= now {
      drop(attempt)
      step(.failed(attempt: attempt, errno: ETIMEDOUT), at: now)
      guard completion != nil else { return .never }
    }
    if handshakeDeadline <= now {
      handshakeDeadline = .never
      handshake?.timedOut()
      return .never
    }
    if raceTimer <= now {
      raceTimer = .never
      step(.timerFired, at: now)
    }
    return completion == nil ? .never : deadline
  }
}
