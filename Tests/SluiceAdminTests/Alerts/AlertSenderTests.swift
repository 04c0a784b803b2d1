import Foundation
import NIOHTTP1
import NIOSSL
import SluiceConfiguration
import SluiceCore
import SluiceIncidents
import Synchronization
import Testing

@testable import SluiceAdmin

/// Over real sockets. What is waited for is a request that arrives or a report that is made, never a time.
@Suite(.timeLimit(.minutes(2))) struct AlertSenderTests {
  /// Reports as they come.
  private final class Reports: Sendable {
    let all = Mutex<[AlertReport]>([])
    private let stream: AsyncStream<AlertReport>
    private let continuation: AsyncStream<AlertReport>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    func add(_ report: AlertReport) {
      all.withLock { $0.append(report) }
      continuation.yield(report)
    }

    func next() async -> AlertReport? {
      var iterator = stream.makeAsyncIterator()
      return await iterator.next()
    }
  }

  private let reports = Reports()

  private func sender(
    _ alerts: AlertConfiguration..., tryTime: TimeSpan = .seconds(30), trusted: [NIOSSLCertificate] = []
  ) -> AlertSender {
    let reports = reports
    var client = DeliveryClient.Settings.alerts
    (client.tryTime, client.trusted) = (tryTime, trusted)
    return AlertSender(
      alerts, gateway: "edge-1", client: client,
      wallTime: { noon }, report: { reports.add($0) })
  }

  @Test func anAlertArrivesAsItIsDocumented() async throws {
    let receiver = try await Receiver.start()
    let sender = sender(try webhook(receiver.url + "?a=b", "headers: { Authorization: Bearer t0ken }"))
    sender.tell(.started(problem()))
    let request = try #require(await receiver.next(1).first)
    #expect(request.path == "/hook?a=b")
    #expect(request.headers["authorization"] == ["Bearer t0ken"])
    #expect(request.headers["content-type"] == ["application/json"])
    let document = try JSONDecoder().decode(AlertDocument.self, from: request.body)
    #expect(document.id == request.id && document.id.count == 32)
    #expect(document.event == "started" && document.gateway == "edge-1" && document.problem == AlertProblem(problem()))
    #expect(await sender.stop(within: .seconds(30)) == 0)
    #expect(reports.all.withLock { $0 } == [])
    await receiver.stop()
  }

  @Test func slackTakesIt() async throws {
    let receiver = try await Receiver.start()
    let sender = sender(try webhook(receiver.url, "format: slack"))
    sender.tell(.ended(problem("http://a&b<c>")))
    let body = try #require(await receiver.next(1).first).body
    let object = try #require(try JSONSerialization.jsonObject(with: body) as? [String: String])
    #expect(object.keys.sorted() == ["text"])
    #expect(object["text"]?.contains("http://a&amp;b&lt;c&gt;") == true)
    await sender.stop(within: .seconds(30))
    await receiver.stop()
  }

  @Test(arguments: [Receiver.Reply.status(500), .status(429, ["retry-after": "1"]), .status(503), .close])
  func aFailedTryIsRepeatedWithTheSameID(reply: Receiver.Reply) async throws {
    let receiver = try await Receiver.start(reply)
    let sender = sender(try webhook(receiver.url))
    sender.tell(.started(problem("a")))
    sender.tell(.started(problem("b")))
    let requests = await receiver.next(3)
    #expect(requests[0].id == requests[1].id && requests[0].body == requests[1].body)
    #expect(requests[2].id != requests[0].id)
    #expect(await sender.stop(within: .seconds(30)) == 0)
    #expect(receiver.requests.count == 3)
    await receiver.stop()
  }

  /// The receiver may have taken it, so it comes again, and the ID says that it is the same.
  @Test func aReceiverThatHangsIsTriedAgain() async throws {
    let receiver = try await Receiver.start(.hang)
    let sender = sender(try webhook(receiver.url), tryTime: .milliseconds(300))
    sender.tell(.started(problem()))
    let requests = await receiver.next(2)
    #expect(requests[0].id == requests[1].id)
    #expect(await reports.next() == .failing(.timeout, place: "127.0.0.1:\(receiver.port)"))
    await sender.stop(within: .seconds(30))
    await receiver.stop()
  }

  @Test func whatGotA200IsNotSentAgainWhateverFollowsIt() async throws {
    let receiver = try await Receiver.start(.endlessBody)
    let sender = sender(try webhook(receiver.url), tryTime: .seconds(3600))
    sender.tell(.started(problem("a")))
    sender.tell(.started(problem("b")))
    let requests = await receiver.next(2)
    #expect(requests[0].id != requests[1].id)
    #expect(await sender.stop(within: .seconds(30)) == 0)
    #expect(receiver.requests.count == 2)
    #expect(reports.all.withLock { $0 } == [])
    await receiver.stop()
  }

  @Test func aRedirectIsNotFollowed() async throws {
    let target = try await Receiver.start()
    let receiver = try await Receiver.start(.status(307, ["location": target.url]))
    let sender = sender(try webhook(receiver.url, "headers: { Authorization: t0ken }"))
    sender.tell(.started(problem()))
    #expect(await reports.next() == .refused(status: 307, place: "127.0.0.1:\(receiver.port)"))
    await sender.stop(within: .seconds(30))
    #expect(target.requests.isEmpty && receiver.requests.count == 1)
    await receiver.stop()
    await target.stop()
  }

  @Test func nobodyListens() async throws {
    let receiver = try await Receiver.start()
    await receiver.stop()
    let sender = sender(try webhook(receiver.url))
    sender.tell(.started(problem()))
    let report = await reports.next()
    #expect(report == .failing(.notConnected, place: "127.0.0.1:\(receiver.port)"))
    #expect(await sender.stop(within: .seconds(30)) == 1)
    #expect(reports.all.withLock { $0 }.last == .left(1, place: "127.0.0.1:\(receiver.port)"))
  }

  @Test func aPlainReceiverIsNoTLS() async throws {
    let receiver = try await Receiver.start()
    let sender = sender(try webhook("https://127.0.0.1:\(receiver.port)/hook"))
    sender.tell(.started(problem()))
    guard case .failing(let failure, _) = await reports.next() else { throw Unexpected(what: "it was delivered") }
    #expect(failure == .tls || failure == .noResponse)
    await sender.stop(within: .seconds(30))
    #expect(receiver.requests.isEmpty)
    await receiver.stop()
  }

  @Test(arguments: [true, false])
  func certificatesAreVerified(isTrusted: Bool) async throws {
    let receiver = try await Receiver.start(tls: try TestCertificate.serverContext())
    let sender = sender(
      try webhook("https://127.0.0.1:\(receiver.port)/hook", "headers: { Authorization: t0ken }"),
      trusted: isTrusted ? [try TestCertificate.certificate()] : [])
    sender.tell(.started(problem()))
    if isTrusted {
      #expect(await receiver.next(1).first?.headers["authorization"] == ["t0ken"])
    } else {
      #expect(await reports.next() == .failing(.tls, place: "127.0.0.1:\(receiver.port)"))
    }
    #expect(await sender.stop(within: .seconds(30)) == (isTrusted ? 0 : 1))
    #expect(receiver.requests.count == (isTrusted ? 1 : 0))
    await receiver.stop()
  }

  /// One receiver hangs; the other one gets its alerts, and whoever tells of a thousand problems goes on.
  @Test func nothingBlocks() async throws {
    let hanging = try await Receiver.start(.hang)
    let receiver = try await Receiver.start()
    let sender = sender(try webhook(hanging.url), try webhook(receiver.url))
    sender.tell(.started(problem("first")))
    _ = await hanging.next(1)
    for number in 0..<2000 { sender.tell(.started(problem("\(number)"))) }
    // What the second webhook was sent until all has arrived there.
    var events = 0
    while events < 1 { events += await receiver.next(1).count }
    #expect(sender.counters[0].counters.waiting == 257)
    #expect(sender.counters[0].counters.dropped == 2000 - 256)
    #expect(await sender.stop(within: .milliseconds(1)) >= 257)
    #expect(hanging.requests.count == 1)
    await hanging.stop()
    await receiver.stop()
  }

  @Test func aReloadKeepsWhatWaitsForTheSameWebhook() async throws {
    let first = try await Receiver.start(.hang)
    let second = try await Receiver.start()
    let sender = sender(try webhook(first.url), tryTime: .seconds(3600))
    sender.tell(.started(problem("a")))
    _ = await first.next(1)
    sender.tell(.started(problem("b")))
    sender.adopt([try webhook(second.url), try webhook(first.url, "format: slack")])
    #expect(sender.counters.map(\.counters.waiting) == [0, 2])
    sender.tell(.ended(problem("a")))
    #expect(try #require(await second.next(1).first).id.count == 32)
    sender.adopt([try webhook(second.url)])
    #expect(reports.all.withLock { $0 } == [.left(3, place: "127.0.0.1:\(first.port)")])
    #expect(await sender.stop(within: .seconds(30)) == 0)
    sender.adopt([try webhook(second.url)])
    sender.tell(.started(problem("c")))
    #expect(sender.counters.allSatisfy { $0.counters.waiting == 0 }, "after the end nothing is taken")
    await first.stop()
    await second.stop()
  }

  @Test func countersDoNotFallAtAReload() async throws {
    let first = try await Receiver.start()
    let second = try await Receiver.start(.hang)
    let sender = sender(try webhook(first.url), tryTime: .seconds(3600))
    sender.tell(.started(problem("a")))
    _ = await first.next(1)
    while sender.counters.first?.counters.delivered != 1 { try await Task.sleep(for: .milliseconds(2)) }
    sender.adopt([try webhook(second.url)])
    #expect(sender.counters.map(\.place) == ["127.0.0.1:\(second.port)", "127.0.0.1:\(first.port)"])
    #expect(sender.counters.map(\.counters.delivered) == [0, 1])
    sender.tell(.started(problem("b")))
    _ = await second.next(1)
    // What a reload takes away is lost, and no longer waits.
    sender.adopt([try webhook(first.url)])
    #expect(sender.counters.map(\.counters.delivered) == [1, 0])
    #expect(sender.counters.map(\.counters.dropped) == [0, 1])
    #expect(sender.counters.map(\.counters.waiting) == [0, 0])
    for number in 0..<AlertLimits.pastMax + 8 {
      sender.adopt([try webhook("http://127.0.0.1:1\(1000 + number)/hook")])
    }
    #expect(sender.counters.count <= AlertLimits.pastMax + 1)
    await sender.stop(within: .seconds(30))
    await first.stop()
    await second.stop()
  }

  @Test func stoppingDeliversWhatWaits() async throws {
    let receiver = try await Receiver.start(.status(503, ["retry-after": "3600"]))
    let sender = sender(try webhook(receiver.url))
    sender.tell(.started(problem("a")))
    _ = await reports.next()
    sender.tell(.started(problem("b")))
    sender.tell(.started(problem("c")))
    #expect(await sender.stop(within: .seconds(30)) == 0)
    let requests = receiver.requests
    #expect(requests.count == 3)
    #expect(requests[0].id == requests[1].id)
    let summary = try JSONDecoder().decode(AlertDocument.self, from: requests[2].body)
    #expect(summary.event == "summary" && summary.summary?.problems.map(\.problem.place.endpoint) == ["b", "c"])
    await receiver.stop()
  }
}
