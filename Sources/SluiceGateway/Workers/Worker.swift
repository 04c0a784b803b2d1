internal import Logging
internal import NIOCore
internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceIncidents
internal import SluiceWire

/// One event loop and everything that is only touched on it: pools, balancers, timers, drivers, log lines.
///
/// Nothing here is locked. Other threads reach a worker by `handle`, which hops.
final class Worker {
  let index: Int
  let loop: any EventLoop
  let services: GatewayServices
  var responses: ResponseMaker
  let handle: WorkerHandle
  var snapshot: WorkerSnapshot
  var timers: WorkerTimers
  /// The head of the response that is being read; its storage is used again for each.
  var responseHead = ResponseHead()
  private var scratch = ByteBuffer()
  var log: WorkerLog
  var spans: WorkerSpans
  var incidentEncoder = AccessLogEncoder()
  private var random: SplitMix64
  var drivers: [ExchangeDriver] = []
  /// Streams of clients that are over, to be used again.
  var downstreamStreams: [HTTP2DownstreamStream] = []
  private var waiting: [WaitingKey: ExchangeDriver] = [:]
  private var dateSecond: Int64 = -1
  private var date: [UInt8] = []
  private var wallBase: Int64 = 0
  private var wallReadAt = Instant.never
  /// Draining: until when clients that ask nothing are waited for.
  var drainLimit = Instant.never
  var isDraining: Bool { drainLimit != .never }
  var flushing: RepeatedTask?
  /// Flushes since the start.
  var flushes = 0
  /// The addresses of the endpoints' names, as published last.
  var resolved = ResolvedEndpoints(generation: 0, names: [:], changes: [], pending: 0)
  var listeners: [ListenAddress: ListenerState] = [:]
  /// The clients' connections, for drain and reload.
  var downstreams: [ObjectIdentifier: any DownstreamConnection] = [:]
  var counters = WorkerCounters()
  /// What the metrics tell by route, upstream and endpoint.
  var book = TallyBook()
  /// What clients' broken HTTP/2 connections may write.
  var http2FaultLines = LineBudget()
  /// The part of time that is being counted, by its beginning in Unix milliseconds.
  var trafficStart: Int64 = 0
  /// When it is over.
  var trafficEnd = Instant.never
  /// Whose bytes a TLS handler is reading.
  var opening: ConnectionOpening?
  /// Drivers that are kept for use again.
  static let keptDrivers = 256

  init(handle: WorkerHandle, services: GatewayServices, snapshot: GatewaySnapshot, seed: UInt64) {
    self.handle = handle
    index = handle.index
    loop = handle.loop
    self.services = services
    responses = ResponseMaker(installation: services.name, snapshot.configuration.errorPages)
    self.snapshot = WorkerSnapshot(snapshot, carryingOver: nil, services: services)
    timers = WorkerTimers(loop: loop)
    log = services.output.workerLog()
    spans = WorkerSpans(services.output.onSpans)
    incidentEncoder = services.output.incidentEncoder()
    random = SplitMix64(seed: seed)
    book.adopt(self.snapshot)
  }

  // MARK: Exchanges

  func takeDriver() -> ExchangeDriver {
    counters.exchangesActive += 1
    return drivers.popLast() ?? ExchangeDriver(worker: self)
  }

  func takeBack(_ driver: ExchangeDriver) {
    counters.exchangesActive -= 1
    driver.reset()
    if drivers.count < Self.keptDrivers { drivers.append(driver) }
  }

  func takeStream() -> HTTP2DownstreamStream { downstreamStreams.popLast() ?? HTTP2DownstreamStream(worker: self) }

  func takeBack(_ stream: HTTP2DownstreamStream) {
    stream.retire()
    if downstreamStreams.count < Self.keptDrivers { downstreamStreams.append(stream) }
  }

  func nextExchangeID(at now: Instant) -> ExchangeID {
    ExchangeID(milliseconds: UInt64(clamping: wallMilliseconds(at: now)), random: random.next(), more: random.next())
  }

  func nextRandom() -> UInt64 { random.next() }

  /// Wall time moves with the monotonic clock and is read anew once a second.
  func wallMilliseconds(at now: Instant) -> Int64 {
    if wallReadAt == .never || now - wallReadAt > .seconds(1) {
      wallBase = Clock.wallMilliseconds()
      wallReadAt = now
    }
    return wallBase + (now - wallReadAt).inMilliseconds
  }

  /// Storage for a head on its way out. What was given back is used again once the channel has let it go.
  func takeScratch() -> ByteBuffer {
    var taken = ByteBuffer()
    swap(&taken, &scratch)
    taken.clear(minimumCapacity: 2048)
    return taken
  }

  func giveBack(scratch bytes: ByteBuffer) { scratch = bytes }

  /// The value of Date, made anew once a second.
  func httpDate(at now: Instant) -> [UInt8] {
    let second = wallMilliseconds(at: now) / 1000
    if second != dateSecond {
      dateSecond = second
      date = HTTPDate.text(second)
    }
    return date
  }

  // MARK: Waiting for permits

  private struct WaitingKey: Hashable {
    let gate: ObjectIdentifier
    let ticket: PermitGate.Ticket
  }

  func wait(for ticket: PermitGate.Ticket, of gate: PermitGate, driver: ExchangeDriver) {
    waiting[WaitingKey(gate: ObjectIdentifier(gate), ticket: ticket)] = driver
  }

  func stopWaiting(for ticket: PermitGate.Ticket, of gate: PermitGate) {
    waiting[WaitingKey(gate: ObjectIdentifier(gate), ticket: ticket)] = nil
    // Where the permit is on its way already, `granted` finds nobody and gives it back.
    _ = gate.cancel(ticket)
  }

  func granted(_ ticket: PermitGate.Ticket, of gate: PermitGate, kind: PermitKind) {
    guard let driver = waiting.removeValue(forKey: WaitingKey(gate: ObjectIdentifier(gate), ticket: ticket)) else {
      gate.release()
      return
    }
    let now = Clock.now()
    switch kind {
    case .request: driver.admissionGranted(at: now)
    case .connection: driver.pendingLease?.permitGranted(at: now)
    }
  }
}

enum PermitKind: Sendable {
  case request, connection
}

/// Counted on the loop, collected from each loop by whoever shows them.
struct WorkerCounters: Sendable {
  var accepted: UInt64 = 0
  var exchangesActive = 0
  var recorded: UInt64 = 0
  var excessBytes: UInt64 = 0
  /// Clients' HTTP/2 connections that ended because they broke a rule of it.
  var http2Faults: UInt64 = 0
  var openingFailures = OpeningCounts()
  /// Clients' handshakes that succeeded.
  var handshakesTLS12: UInt64 = 0
  var handshakesTLS13: UInt64 = 0
  /// By `IncidentKind`.
  var incidentsFailed: UInt64 = 0
  var incidentsApplication: UInt64 = 0
  var incidentsAbsorbed: UInt64 = 0
}
