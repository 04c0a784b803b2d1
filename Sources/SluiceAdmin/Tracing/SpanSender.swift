internal import NIOCore
internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceIncidents

/// One collector: its queue, its thread, and how spans become a request there.
final class SpanSender: Sendable {
  struct Surroundings: Sendable {
    var gateway: String
    var version: String
    var queueBytesMax = SpanLimits.queueBytesMax
    var client = DeliveryClient.Settings.spans
    /// Unix time in milliseconds.
    var wallTime: @Sendable () -> Int64
    var report: @Sendable (SpanReport) -> Void
  }

  private let pump: DeliveryPump<SpanQueue, TracingConfiguration>
  private let client: DeliveryClient

  init(_ configuration: TracingConfiguration, _ surroundings: Surroundings) {
    let client = DeliveryClient(surroundings.client, wallTime: surroundings.wallTime)
    let (gateway, version) = (surroundings.gateway, surroundings.version)
    self.client = client
    pump = DeliveryPump(
      SpanQueue(place: configuration.endpoint.place, bytesMax: surroundings.queueBytesMax), configuration,
      .init(
        loop: client.loop, wallTime: surroundings.wallTime, report: surroundings.report,
        send: { batch, configuration, done in
          let resource = ExportRequest.Resource(service: configuration.service, gateway: gateway, version: version)
          client.post(
            ExportRequest(resource).encoded(batch.blocks), to: configuration.endpoint.text.value, configuration.headers,
            [("content-type", "application/x-protobuf")], done: done)
        }))
  }

  var configuration: TracingConfiguration { pump.settings }
  var counters: SpanCounters { pump.with { $0.counters } }

  /// For any thread. Never waits.
  func take(_ block: SpanBlock) {
    if pump.with({ $0.take(block, at: DeliveryClock.now()) }) { pump.wake() }
  }

  /// Other settings of the same collector.
  func adopt(_ configuration: TracingConfiguration) { pump.adopt(configuration) }

  /// Tries what waits once more, gives up at the end of the time, and ends the thread.
  ///
  /// - Returns: spans that were not exported.
  func finish(within time: Duration) async -> Int {
    let done = client.loop.makePromise(of: Void.self)
    let before = counters.expired
    pump.stop { done.succeed() }
    let end = client.loop.scheduleTask(in: TimeAmount(time)) { done.succeed() }
    try? await done.futureResult.get()
    end.cancel()
    pump.retire()
    let left = Int(counters.expired - before)
    await client.close()
    return left
  }
}
