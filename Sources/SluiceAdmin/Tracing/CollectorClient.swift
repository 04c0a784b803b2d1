internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL
internal import SluiceConfiguration
internal import SluiceCore

/// Posts spans to a collector. It has a thread of its own, so that nothing that the collector does can hold up a
/// worker.
///
/// Redirects are not followed, certificates are verified, and neither connections nor requests are tried again here:
/// the queue decides that. The connection is kept: spans come every second.
final class CollectorClient: Sendable {
  private let group: MultiThreadedEventLoopGroup
  let loop: any EventLoop
  private let client: HTTPClient
  private let tryTime: TimeSpan
  /// Unix time in milliseconds.
  private let wallTime: @Sendable () -> Int64

  init(tryTime: TimeSpan, wallTime: @escaping @Sendable () -> Int64) {
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    loop = group.next()
    self.tryTime = tryTime
    self.wallTime = wallTime
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
    configuration.httpVersion = .http1Only
    configuration.timeout.connect = .nanoseconds(tryTime.nanoseconds)
    configuration.connectionPool.retryConnectionEstablishment = false
    client = HTTPClient(eventLoopGroup: group, configuration: configuration)
  }

  /// One try. What came of it is told on the loop, exactly once and within the time for one try.
  func post(_ body: [UInt8], to tracing: TracingConfiguration, done: @escaping @Sendable (ExportOutcome) -> Void) {
    var headers = HTTPHeaders()
    for header in tracing.headers { headers.add(name: header.name, value: header.value.value) }
    headers.add(name: "content-type", value: "application/x-protobuf")
    headers.add(name: "user-agent", value: "sluice")
    let request: HTTPClient.Request
    do {
      request = try HTTPClient.Request(
        url: tracing.endpoint.text.value, method: .POST, headers: headers, body: .bytes(body))
    } catch {
      loop.execute { done(.refused(status: 0)) }
      return
    }
    let reader = ExportReader()
    let task = client.execute(
      request: request, delegate: reader, eventLoop: .delegateAndChannel(on: loop),
      deadline: AlertClock.deadline(AlertClock.now() + tryTime))
    let wallTime = wallTime
    task.futureResult.hop(to: loop).whenComplete { result in
      if let answer = reader.answer {
        let retryAfter = answer.retryAfter.flatMap { RetryAfter.parse($0, now: wallTime()) }
        done(ExportOutcome(status: answer.status, retryAfter: retryAfter, body: answer.body))
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
