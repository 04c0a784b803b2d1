internal import AsyncHTTPClient
internal import Glibc
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL
internal import SluiceConfiguration
internal import SluiceCore

/// Posts alerts, or spans. It has a thread of its own, so that nothing that a receiver does can hold up a worker.
///
/// Redirects are not followed, certificates are verified, and neither connections nor requests are tried again here:
/// the queue decides that.
final class DeliveryClient: Sendable {
  struct Settings: Sendable {
    var rule: RetryRule
    /// One try, from the look-up of the name to the end of the response.
    var tryTime: TimeSpan
    /// How long a connection without a request is kept; nil: as long as the library likes.
    var idleTime: TimeAmount?
    /// Roots that are trusted beside the system's.
    var trusted: [NIOSSLCertificate] = []

    /// A connection that the receiver closes while a request is on its way leaves open whether it arrived; alerts are
    /// rare enough to do without reuse beyond a burst.
    static let alerts = Settings(rule: .alerts, tryTime: AlertLimits.tryTime, idleTime: .seconds(2))
    /// The connection is kept: spans come every second.
    static let spans = Settings(rule: .spans, tryTime: SpanLimits.tryTime)
  }

  private let group: MultiThreadedEventLoopGroup
  let loop: any EventLoop
  private let client: HTTPClient
  private let settings: Settings
  /// Unix time in milliseconds.
  private let wallTime: @Sendable () -> Int64

  init(_ settings: Settings, wallTime: @escaping @Sendable () -> Int64) {
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    loop = group.next()
    self.settings = settings
    self.wallTime = wallTime
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.additionalTrustRoots = [.certificates(settings.trusted)]
    var configuration = HTTPClient.Configuration(tlsConfiguration: tls, redirectConfiguration: .disallow)
    configuration.httpVersion = .http1Only
    configuration.timeout.connect = .nanoseconds(settings.tryTime.nanoseconds)
    configuration.connectionPool.retryConnectionEstablishment = false
    if let idleTime = settings.idleTime { configuration.connectionPool.idleTimeout = idleTime }
    client = HTTPClient(eventLoopGroup: group, configuration: configuration)
  }

  /// One try. What came of it is told on the loop, exactly once and within the time for one try.
  ///
  /// - Parameters:
  ///   - configured: fields that the configuration has for this receiver.
  ///   - fields: of the message.
  func post(
    _ body: [UInt8], to url: String, _ configured: [AlertConfiguration.Header],
    _ fields: [(name: String, value: String)],
    done: @escaping @Sendable (DeliveryOutcome) -> Void
  ) {
    var headers = HTTPHeaders(configured.map { ($0.name, $0.value.value) })
    for field in fields { headers.add(name: field.name, value: field.value) }
    headers.add(name: "user-agent", value: "sluice")
    let request: HTTPClient.Request
    do {
      request = try HTTPClient.Request(url: url, method: .POST, headers: headers, body: .bytes(body))
    } catch {
      loop.execute { done(.refused(status: 0)) }
      return
    }
    let reader = ResponseReader()
    let task = client.execute(
      request: request, delegate: reader, eventLoop: .delegateAndChannel(on: loop),
      deadline: DeliveryClock.deadline(DeliveryClock.now() + settings.tryTime))
    let (rule, wallTime) = (settings.rule, wallTime)
    task.futureResult.hop(to: loop).whenComplete { result in
      if let answer = reader.answer {
        let retryAfter = answer.retryAfter.flatMap { RetryAfter.parse($0, now: wallTime()) }
        done(DeliveryOutcome(status: answer.status, retryAfter: retryAfter, body: answer.body, by: rule))
      } else if case .failure(let error) = result {
        done(.failed(DeliveryFailure(error), retryAfter: nil))
      } else {
        done(.failed(.noResponse, retryAfter: nil))
      }
    }
  }

  /// Ends all connections and the thread.
  func close() async {
    try? await client.shutdown()
    try? await group.shutdownGracefully()
  }
}

extension DeliveryFailure {
  /// Translates what the library says.
  init(_ error: any Error) {
    switch error {
    case let error as HTTPClientError: self.init(error)
    case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: self = .tls
    case is NIOConnectionError: self = .notConnected
    case ChannelError.connectTimeout: self = .timeout
    case let error as IOError:
      self = Self.connectErrors.contains(error.errnoCode) ? .notConnected : .noResponse
    default: self = .noResponse
    }
  }

  /// What connect(2) ends with, where no connection was broken.
  private static let connectErrors: Set<CInt> = [
    ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EADDRNOTAVAIL, EACCES, EPERM, EMFILE, ENFILE,
  ]

  private init(_ error: HTTPClientError) {
    switch error {
    case .deadlineExceeded, .connectTimeout, .readTimeout, .writeTimeout, .getConnectionFromPoolTimeout: self = .timeout
    case .tlsHandshakeTimeout: self = .tls
    default: self = .noResponse
    }
  }
}
