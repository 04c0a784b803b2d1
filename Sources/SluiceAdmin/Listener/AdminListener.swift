internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
public import Logging
internal import NIOCore
internal import NIOPosix
internal import ServiceLifecycle
public import SluiceConfiguration
internal import Synchronization

/// The admin address: Hummingbird on threads of the process that no worker has, so that nothing that is asked here
/// holds one up. They live as long as the process: the library may have something to do there after its end.
///
/// The settings are read for each request, so a reload that changes only the token closes no connection. One that
/// changes the address opens the new one first.
public actor AdminListener {
  /// Connections at the same time; more wait to be accepted.
  private static let connectionsMax = 64
  /// After which a connection without a request is closed.
  private static let idleTime = TimeAmount.seconds(60)
  /// How long answers under way may take at the end.
  private static let stopTime = Duration.seconds(2)

  private struct Running {
    var address: String
    var port: Int?
    var services: ServiceGroup
    var task: Task<Void, Never>
  }

  private let table: AdminTable
  private let pulse: AdminPulse
  private let logger: Logger
  private let settings: Settings
  private var running: Running?

  private final class Settings: Sendable {
    let value = Mutex<AdminConfiguration?>(nil)
  }

  public init(_ source: AdminSource, logger: Logger) {
    pulse = AdminPulse(source)
    table = AdminTable(source, pulse)
    settings = Settings()
    var quiet = logger
    quiet.logLevel = .warning
    self.logger = quiet
  }

  /// The port as bound; nil: there is no admin address.
  public var port: Int? { running?.port }

  /// For the start and each reload.
  ///
  /// - Throws: `AdminError` where the address cannot be opened; then the one before goes on.
  public func adopt(_ configuration: AdminConfiguration?) async throws {
    guard let configuration else { return await stop() }
    let isSame = running?.address == configuration.address
    if !isSame {
      let next = try await open(configuration)
      let old = running
      running = next
      settings.value.withLock { $0 = configuration }
      if let old { await Self.close(old) }
    }
    settings.value.withLock { $0 = configuration }
    await pulse.start()
  }

  public func stop() async {
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

  private func open(_ configuration: AdminConfiguration) async throws -> Running {
    let (opened, continuation) = AsyncStream<Int?>.makeStream()
    let (table, settings) = (table, settings)
    let application = Application(
      responder: CallbackResponder<BasicRequestContext> { request, _ in
        await Self.respond(to: request, table, settings.value.withLock { $0 })
      },
      server: .http1(configuration: HTTP1Channel.Configuration(idleTimeout: Self.idleTime)),
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
      return Running(address: configuration.address, port: port, services: services, task: task)
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
    // Before the settings of a new address are in force.
    guard let configuration else { return Response(status: .serviceUnavailable) }
    let answer = await table.answer(await read(request), configuration)
    var headers = HTTPFields()
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

  private static func read(_ request: Request) async -> AdminRequest {
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
    do {
      let body = try await request.body.collect(upTo: AdminRequest.bodyMax)
      read.body = Array(body.readableBytesView)
    } catch {
      read.isBodyTooLarge = true
    }
    return read
  }
}
