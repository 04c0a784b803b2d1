internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
public import Logging
public import NIOCore
internal import NIOPosix
public import NIOSSL
internal import ServiceLifecycle
public import SluiceConfiguration
internal import Synchronization

/// The admin address: Hummingbird on threads of the process that no worker has, so that nothing that is asked here
/// holds one up. They live as long as the process: the library may have something to do there after its end.
///
/// The settings are read for each request, so a reload that changes only the token closes no connection. One that
/// changes the address opens the new one first.
///
/// What handshakes are made with is passed in: certificates are read and judged where those of listeners are.
public actor AdminListener {
  /// Takes what a handshake failed of (nil: it took too long), whose it was, and the certificate that was shown.
  public typealias Refused = @Sendable (_ error: (any Error)?, SocketAddress?, NIOSSLCertificate?) -> Void

  /// Connections at the same time; more wait to be accepted.
  private static let connectionsMax = 64
  /// After which a connection without a request is closed.
  private static let idleTime = TimeAmount.seconds(60)
  /// How long answers under way may take at the end.
  private static let stopTime = Duration.seconds(2)

  private struct Running {
    var address: String
    var entrance: AdminEntrance
    var port: Int?
    var services: ServiceGroup
    var task: Task<Void, Never>
  }

  private let table: AdminTable
  private let pulse: AdminPulse
  private let logger: Logger
  private let refused: Refused
  private let times: AdminTimes
  private var running: Running?
  /// How often an address was to be adopted: whoever waits for one sees whether it still counts.
  public private(set) var adoptions = 0

  public init(_ source: AdminSource, refused: @escaping Refused = { _, _, _ in }, logger: Logger) {
    self.init(source, times: AdminTimes(), refused: refused, logger: logger)
  }

  init(
    _ source: AdminSource, times: AdminTimes, refused: @escaping Refused = { _, _, _ in }, logger: Logger
  ) {
    self.times = times
    pulse = AdminPulse(source)
    table = AdminTable(source, pulse)
    self.refused = refused
    var quiet = logger
    quiet.logLevel = .warning
    self.logger = quiet
  }

  /// The port as bound; nil: there is no admin address.
  public var port: Int? { running?.port }

  /// For the start and each reload.
  ///
  /// - Parameter context: what handshakes are made with, where the configuration has `tls`.
  /// - Throws: `AdminError` where the address cannot be opened; then the one before goes on.
  public func adopt(_ configuration: AdminConfiguration?, _ context: NIOSSLContext? = nil) async throws {
    adoptions += 1
    let turn = adoptions
    guard let configuration else { return await stop() }
    guard (configuration.tls == nil) == (context == nil) else {
      throw AdminError(address: configuration.address, reason: "its certificates are not those of its configuration")
    }
    if let running, running.address == configuration.address {
      running.entrance.adopt(configuration, context)
    } else {
      let next = try await open(configuration, context)
      // A reload came in between, and knows better.
      guard turn == adoptions else { return await Self.close(next) }
      let old = running
      running = next
      if let old { await Self.close(old) }
    }
    await pulse.start()
  }

  /// Certificates have changed, and nothing else. Whoever came in with those before comes again.
  public func renew(_ context: NIOSSLContext) {
    // Where it spoke plain HTTP, it does so by a reload that came in between.
    if let running, running.entrance.isSecure { running.entrance.renew(context) }
  }

  public func stop() async {
    adoptions += 1
    // First, since a stream that goes on would hold the end up.
    await pulse.stop()
    guard let old = running else { return }
    running = nil
    await Self.close(old)
  }

  private static func close(_ running: Running) async {
    await running.services.triggerGracefulShutdown()
    await running.task.value
  }

  private func open(_ configuration: AdminConfiguration, _ context: NIOSSLContext?) async throws -> Running {
    let (opened, continuation) = AsyncStream<Int?>.makeStream()
    let entrance = AdminEntrance(configuration, context)
    let (table, refused, times) = (table, refused, times)
    let application = Application(
      responder: CallbackResponder<AdminContext> { request, context in
        await Self.respond(to: request, table, entrance.configuration(for: context.channel))
      },
      server: HTTPServerBuilder { responder in
        let http = HTTP1Channel(
          responder: responder,
          configuration: HTTP1Channel.Configuration(
            additionalChannelHandlers: [ClientPatience(times)], idleTimeout: Self.idleTime))
        return AdminChannel(base: http, entrance: entrance, refused: refused)
      },
      configuration: ApplicationConfiguration(
        address: .hostname(configuration.host, port: Int(configuration.port)),
        availableConnectionsDelegate: MaximumAvailableConnections(Self.connectionsMax, logger: logger)),
      onServerRunning: { channel in continuation.yield(channel.localAddress?.port) },
      eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton), logger: logger)
    var plan = ServiceGroupConfiguration(services: [application], logger: logger)
    plan.maximumGracefulShutdownDuration = Self.stopTime
    let services = ServiceGroup(configuration: plan)
    let outcome = Outcome()
    let task = Task {
      do { try await services.run() } catch { outcome.failure.withLock { $0 = "\(error)" } }
      continuation.finish()
    }
    for await port in opened {
      return Running(
        address: configuration.address, entrance: entrance, port: port, services: services, task: task)
    }
    await task.value
    throw AdminError(
      address: configuration.address, reason: outcome.failure.withLock { $0 } ?? "it ended at once")
  }

  private final class Outcome: Sendable {
    let failure = Mutex<String?>(nil)
  }

  // MARK: Between the library's types and ours

  private static func respond(
    to request: Request, _ table: AdminTable, _ configuration: AdminConfiguration?
  ) async -> Response {
    // A reload has changed who may come in: this connection ends.
    guard let configuration else { return Response(status: .serviceUnavailable) }
    let head = read(request)
    let refusal = table.refusal(of: head, configuration)
    let answer =
      if let refusal { refusal } else { await table.answer(await withBody(of: request, head), configuration) }
    var headers = HTTPFields()
    // Whoever may not ask does not get to send a body either.
    if refusal != nil, Self.hasBody(request) { headers[.connection] = "close" }
    headers[.contentType] = answer.contentType
    headers[.cacheControl] = "no-store"
    headers[.xContentTypeOptions] = "nosniff"
    for (name, value) in PageProtection.fields(for: answer) { headers[name] = value }
    for field in answer.fields {
      if let name = HTTPField.Name(field.name) { headers[name] = field.value }
    }
    let response = Response(
      status: HTTPResponse.Status(code: answer.status), headers: headers, body: Self.body(of: answer))
    return request.method == .head ? response.createHeadResponse() : response
  }

  /// Each part of a stream is sent as it comes. The writer waits for a slow client, whose queue then fills.
  private static func body(of answer: AdminAnswer) -> ResponseBody {
    let first = ByteBuffer(bytes: answer.body)
    guard let stream = answer.stream else { return ResponseBody(byteBuffer: first) }
    return ResponseBody { writer in
      if first.readableBytes > 0 { try await writer.write(first) }
      for await part in stream { try await writer.write(ByteBuffer(bytes: part)) }
      try await writer.finish(nil)
    }
  }

  private static func hasBody(_ request: Request) -> Bool {
    request.headers[.transferEncoding] != nil || request.headers[.contentLength].map { $0 != "0" } ?? false
  }

  /// Without its body.
  private static func read(_ request: Request) -> AdminRequest {
    let target = request.head.path ?? "/"
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var read = AdminRequest(method: request.method.rawValue, path: String(parts[0]))
    read.query = parts.count > 1 ? String(parts[1]) : nil
    read.host = request.head.authority
    read.authorization = request.headers[.authorization]
    read.contentType = request.headers[.contentType]
    read.origin = request.headers[.origin]
    read.fetchSite = HTTPField.Name("Sec-Fetch-Site").flatMap { request.headers[$0] }
    read.lastEventID = HTTPField.Name("Last-Event-ID").flatMap { request.headers[$0] }
    let accepted = request.headers[values: .accept]
    read.accept = accepted.isEmpty ? nil : accepted.joined(separator: ", ")
    return read
  }

  private static func withBody(of request: Request, _ read: AdminRequest) async -> AdminRequest {
    var read = read
    do {
      let body = try await request.body.collect(upTo: AdminRequest.bodyMax)
      read.body = Array(body.readableBytesView)
    } catch {
      read.isBodyTooLarge = true
    }
    return read
  }
}
