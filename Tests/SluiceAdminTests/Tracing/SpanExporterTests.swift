import Foundation
import SluiceConfiguration
import SluiceCore
import SluiceIncidents
import Synchronization
import Testing

@testable import SluiceAdmin

/// Over real sockets. What is waited for is a request that arrives or a report that is made.
@Suite(.timeLimit(.minutes(2))) struct SpanExporterTests {
  private final class Reports: Sendable {
    let all = Mutex<[SpanReport]>([])
    private let stream: AsyncStream<SpanReport>
    private let continuation: AsyncStream<SpanReport>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    func add(_ report: SpanReport) {
      all.withLock { $0.append(report) }
      continuation.yield(report)
    }

    func next() async -> SpanReport? {
      var iterator = stream.makeAsyncIterator()
      return await iterator.next()
    }
  }

  private let reports = Reports()

  private func exporter(bytesMax: Int = SpanLimits.queueBytesMax, tryTime: TimeSpan = .seconds(30)) -> SpanExporter {
    let reports = reports
    var client = DeliveryClient.Settings.spans
    client.tryTime = tryTime
    return SpanExporter(
      SpanSender.Surroundings(
        gateway: "edge-1", version: "1.2.3", queueBytesMax: bytesMax, client: client, wallTime: { noon },
        report: { reports.add($0) }))
  }

  private func tracing(_ url: String, headers: String = "{}") throws -> TracingConfiguration {
    let text = """
      listeners: [{ address: 127.0.0.1:1 }]
      upstreams: { a: { endpoints: ['http://127.0.0.1:2'] } }
      tracing: { endpoint: '\(url)', headers: \(headers) }
      """
    let result = ConfigurationLoader.load(text: text, file: "f", environment: [:])
    return try #require(result.configuration?.tracing)
  }

  /// One span without a field.
  private func block(_ spans: Int = 1) -> SpanBlock {
    SpanBlock(bytes: (0..<spans).flatMap { _ in [0x12, 0x00] as [UInt8] }, spans: spans)
  }

  @Test func spansArriveWithTheResourceInFrontOfThem() async throws {
    let receiver = try await Receiver.start()
    let exporter = exporter()
    exporter.adopt(try tracing(receiver.url, headers: "{ Authorization: Bearer t0ken }"))
    exporter.take(block(2))
    exporter.take(block(1))
    let request = try #require(await receiver.next(1).first)
    #expect(request.path == "/hook" && request.headers["authorization"] == ["Bearer t0ken"])
    #expect(request.headers["content-type"] == ["application/x-protobuf"])
    let text = String(decoding: request.body, as: UTF8.self)
    #expect(text.contains("edge-1") && text.contains("service.name") && text.contains("1.2.3"))
    #expect(request.body.suffix(200).contains(Data([0x12, 0x00, 0x12, 0x00, 0x12, 0x00])))
    #expect(await exporter.stop(within: .seconds(30)) == 0)
    #expect(exporter.counters.exported == 3 && exporter.counters.waiting == 0)
    await receiver.stop()
  }

  @Test(arguments: [Receiver.Reply.status(503), .status(429, ["retry-after": "1"]), .close])
  func aFailedTryIsRepeatedWithTheSameSpans(reply: Receiver.Reply) async throws {
    let receiver = try await Receiver.start(reply)
    let exporter = exporter()
    exporter.adopt(try tracing(receiver.url))
    exporter.take(block(3))
    let requests = await receiver.next(2)
    #expect(requests[0].body == requests[1].body)
    #expect(await exporter.stop(within: .seconds(30)) == 0)
    #expect(exporter.counters.exported == 3 && exporter.counters.failedTries == 1)
    await receiver.stop()
  }

  @Test func nobodyListens() async throws {
    let receiver = try await Receiver.start()
    await receiver.stop()
    let exporter = exporter()
    exporter.adopt(try tracing(receiver.url))
    exporter.take(block(4))
    #expect(await reports.next() == .failing(.notConnected, place: "127.0.0.1:\(receiver.port)"))
    #expect(await exporter.stop(within: .seconds(30)) == 4)
    #expect(reports.all.withLock { $0 }.last == .left(4, place: "127.0.0.1:\(receiver.port)"))
    #expect(exporter.counters.expired == 4)
  }

  /// Whoever hands over spans goes on, and what waits stays within its bound.
  @Test func aCollectorThatHangsCostsSpansAndNothingElse() async throws {
    let receiver = try await Receiver.start(.hang)
    let exporter = exporter(bytesMax: 50_000)
    exporter.adopt(try tracing(receiver.url))
    exporter.take(block())
    _ = await receiver.next(1)
    for _ in 0..<10_000 {
      exporter.take(SpanBlock(bytes: Array(repeating: 0, count: 1000), spans: 1))
      #expect(exporter.counters.waitingBytes <= 50_000)
    }
    let counters = exporter.counters
    #expect(counters.dropped > 9_900 && counters.dropped + UInt64(counters.waiting) == 10_001)
    #expect(await reports.next() == .dropping(place: "127.0.0.1:\(receiver.port)"))
    #expect(await exporter.stop(within: .milliseconds(1)) == counters.waiting)
    await receiver.stop()
  }

  @Test func aTryHasItsTime() async throws {
    let receiver = try await Receiver.start(.hang)
    let exporter = exporter(tryTime: .milliseconds(300))
    exporter.adopt(try tracing(receiver.url))
    exporter.take(block(2))
    let requests = await receiver.next(2)
    #expect(requests[0].body == requests[1].body)
    #expect(await reports.next() == .failing(.timeout, place: "127.0.0.1:\(receiver.port)"))
    #expect(await exporter.stop(within: .seconds(30)) == 0)
    await receiver.stop()
  }

  /// 200 and a text that is no answer: it is not repeated, and somebody is told.
  @Test(arguments: [Receiver.Reply.status(200), .endlessBody])
  func whoIsNoCollectorIsTold(reply: Receiver.Reply) async throws {
    let receiver = try await Receiver.start(reply)
    let exporter = exporter()
    exporter.adopt(try tracing(receiver.url))
    exporter.take(block(2))
    #expect(await reports.next() == .notUnderstood(place: "127.0.0.1:\(receiver.port)"))
    #expect(await exporter.stop(within: .seconds(30)) == 0)
    #expect(receiver.requests.count == 1)
    await receiver.stop()
  }

  @Test func aRedirectIsNotFollowed() async throws {
    let target = try await Receiver.start()
    let receiver = try await Receiver.start(.status(307, ["location": target.url]))
    let exporter = exporter()
    exporter.adopt(try tracing(receiver.url, headers: "{ Authorization: t0ken }"))
    exporter.take(block(2))
    #expect(await reports.next() == .refused(status: 307, place: "127.0.0.1:\(receiver.port)"))
    await exporter.stop(within: .seconds(30))
    #expect(target.requests.isEmpty && exporter.counters.rejected == 2)
    await receiver.stop()
    await target.stop()
  }

  @Test func aReloadTurnsItOnAndOff() async throws {
    let receiver = try await Receiver.start()
    let exporter = exporter()
    exporter.take(block(5))
    #expect(exporter.counters.dropped == 5, "nobody wants them")
    exporter.adopt(try tracing(receiver.url))
    exporter.take(block(2))
    // What waits for a collector that stays is kept, and one that goes is given it.
    exporter.adopt(try tracing(receiver.url, headers: "{ X-A: b }"))
    exporter.adopt(nil)
    #expect(await receiver.next(1).first?.headers["x-a"] == ["b"])
    exporter.take(block(1))
    #expect(exporter.counters.dropped == 6)
    exporter.adopt(try tracing(receiver.url))
    exporter.take(block(1))
    _ = await receiver.next(1)
    #expect(await exporter.stop(within: .seconds(30)) == 0)
    exporter.adopt(try tracing(receiver.url))
    exporter.take(block(1))
    #expect(exporter.counters.dropped == 7, "after the end nothing is taken")
    await receiver.stop()
  }
}
