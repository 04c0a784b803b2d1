internal import AsyncHTTPClient
internal import Glibc
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL
internal import SluiceConfiguration
internal import SluiceCore

/// Posts alerts. It has a thread of its own, so that nothing that a receiver does can hold up a worker.
///
/// Redirects are not followed, certificates are verified, and neither connections nor requests are tried again here:
/// the queue decides that.
final class WebhookClient: Sendable {
  struct Settings: Sendable {
    /// One try.
    var tryTime = AlertLimits.tryTime
    /// Roots that are trusted beside the system's.
    var trusted: [NIOSSLCertificate] = []
  }

  private let group: MultiThreadedEventLoopGroup
  let loop: any EventLoop
  private let client: HTTPClient
  private let tryTime: TimeSpan
  /// Unix time in milliseconds.
  private let wallTime: @Sendable () -> Int64

  init(_ settings: Settings, wallTime: @escaping @Sendable () -> Int64) {
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    loop = group.next()
    tryTime = settings.tryTime
    self.wallTime = wallTime
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.additionalTrustRoots = [.certificates(settings.trusted)]
    var configuration = HTTPClient.Configuration(tlsConfiguration: tls, redirectConfiguration: .disallow)
    configuration.httpVersion = .http1Only
    configuration.timeout.connect = .nanoseconds(settings.tryTime.nanoseconds)
    configuration.connectionPool.retryConnectionEstablishment = false
    // A connection that the receiver closes while a request is on its way leaves open whether it arrived; alerts are
    // rare enough to do without reuse beyond a burst.
    configuration.connectionPool.idleTimeout = .seconds(2)
    client = HTTPClient(eventLoopGroup: group, configuration: configuration)
  }

  /// One try. What came of it is told on the loop, exactly once and within the time for one try.
  func post(
    _ body: [UInt8], id: String, to alert: AlertConfiguration, done: @escaping @Sendable (DeliveryOutcome) -> Void
  ) {
    var headers = HTTPHeaders()
    for header in alert.headers { headers.add(name: header.name, value: header.value.value) }
    headers.add(name: "content-type", value: "application/json")
    headers.add(name: "user-agent", value: "sluice")
    // A structured string, as the draft of the field has it.
    headers.add(name: "idempotency-key", value: "\"\(id)\"")
    let request: HTTPClient.Request
    do {
      request = try HTTPClient.Request(
        url: alert.url.text.value, method: .POST, headers: headers, body: .bytes(body))
    } catch {
      loop.execute { done(.refused(status: 0)) }
      return
    }
    let reader = ResponseReader()
    let task = client.execute(
      request: request, delegate: reader, eventLoop: .delegateAndChannel(on: loop),
      deadline: AlertClock.deadline(AlertClock.now() + tryTime))
    let wallTime = wallTime
    task.futureResult.hop(to: loop).whenComplete { result in
      if let head = reader.head {
        let retryAfter = head.retryAfter.flatMap { RetryAfter.parse($0, now: wallTime()) }
        done(DeliveryOutcome(status: head.status, retryAfter: retryAfter))
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
