import SluiceCore
import SluiceIncidents
import Testing

@testable import SluiceAdmin

@Suite struct SpanQueueTests {
  private let start = Instant(nanoseconds: 1_000_000_000)

  private func block(_ spans: Int, bytes: Int = 100, leftOut: Int = 0) -> SpanBlock {
    SpanBlock(bytes: Array(repeating: 0, count: bytes), spans: spans, leftOut: leftOut)
  }

  private func sent(_ step: SpanQueue.Step) -> SpanBatch? {
    if case .send(let batch) = step { batch } else { nil }
  }

  private func waits(_ step: SpanQueue.Step) -> Instant? {
    if case .wait(let until) = step { until } else { nil }
  }

  private let taken = DeliveryOutcome.delivered([])

  @Test func aLonelySpanWaitsForOthersASecond() throws {
    var queue = SpanQueue(place: "c")
    let startsTimer = queue.take(block(1), at: start)
    #expect(startsTimer)
    #expect(waits(queue.next(at: start)) == start + .seconds(1))
    let startsAnother = queue.take(block(2), at: start + .milliseconds(500))
    #expect(!startsAnother, "the timer goes on")
    let batch = try #require(sent(queue.next(at: start + .seconds(1))))
    #expect(batch.spans == 3 && batch.blocks.count == 2)
    queue.finished(taken, at: start + .seconds(1), random: 0)
    #expect(queue.counters.exported == 3 && queue.counters.waiting == 0 && queue.counters.waitingBytes == 0)
    #expect(sent(queue.next(at: start + .seconds(9))) == nil && queue.takeReports().isEmpty)
  }

  @Test func aFullRequestLeavesAtOnce() throws {
    var queue = SpanQueue(place: "c")
    let isFirst = queue.take(block(SpanLimits.batchSpansMax - 1), at: start)
    #expect(isFirst)
    let isFull = queue.take(block(1), at: start)
    #expect(isFull)
    let batch = try #require(sent(queue.next(at: start)))
    #expect(batch.spans == SpanLimits.batchSpansMax)
    let isSentBeside = queue.take(block(SpanLimits.batchSpansMax), at: start)
    #expect(!isSentBeside, "one request at a time")
    #expect(sent(queue.next(at: start)) == nil)
  }

  @Test func aRequestIsBounded() throws {
    var queue = SpanQueue(place: "c")
    for _ in 0..<40 { _ = queue.take(block(10, bytes: 32 << 10), at: start) }
    var spans = 0
    while let batch = sent(queue.next(at: start + .seconds(1))) {
      #expect(batch.bytes <= SpanLimits.batchBytesMax && batch.blocks.count == 15 || batch.blocks.count == 10)
      spans += batch.spans
      queue.finished(taken, at: start, random: 0)
    }
    #expect(spans == 400 && queue.counters.requests == 3)
  }

  /// What comes beyond the bound is dropped, told once and counted; memory never grows beyond it.
  @Test func theBound() throws {
    var queue = SpanQueue(place: "c", bytesMax: 10_000)
    for _ in 0..<100 {
      _ = queue.take(block(1, bytes: 1000), at: start)
      #expect(queue.counters.waitingBytes <= 10_000)
    }
    let kept = queue.counters.waiting
    #expect(kept == 9 && queue.counters.dropped == 91)
    #expect(queue.takeReports() == [.dropping(place: "c")])
    let batch = try #require(sent(queue.next(at: start + .seconds(1))))
    #expect(batch.spans == 9)
    // What is on its way still takes its memory.
    _ = queue.take(block(1, bytes: 1000), at: start + .seconds(1))
    #expect(queue.counters.dropped == 92)
    queue.finished(taken, at: start + .seconds(2), random: 0)
    #expect(queue.takeReports() == [.working(lost: 92, place: "c")])
    _ = queue.take(block(1, bytes: 1000), at: start + .seconds(3))
    #expect(queue.counters.dropped == 92 && queue.counters.waiting == 1)
  }

  @Test func aFailedTryIsRepeatedAsItWas() throws {
    var queue = SpanQueue(place: "c")
    _ = queue.take(block(3), at: start)
    var now = start + .seconds(1)
    #expect(sent(queue.next(at: now))?.spans == 3)
    queue.finished(.failed(.status(503), retryAfter: .seconds(7)), at: now, random: 0)
    #expect(queue.takeReports() == [.failing(.status(503), place: "c")])
    _ = queue.take(block(5), at: now)
    #expect(waits(queue.next(at: now + .seconds(6))) == now + .seconds(7))
    now = now + .seconds(7)
    #expect(sent(queue.next(at: now))?.spans == 3, "what came later waits")
    queue.finished(.failed(.noResponse, retryAfter: nil), at: now, random: .max)
    #expect(queue.takeReports().isEmpty, "told once")
    #expect(waits(queue.next(at: now)) == now + .seconds(2), "the pause doubles")
    #expect(sent(queue.next(at: now + .seconds(2)))?.spans == 3)
    queue.finished(taken, at: now, random: 0)
    #expect(queue.counters.failedTries == 2 && queue.counters.exported == 3 && queue.counters.waiting == 5)
    #expect(queue.takeReports() == [.working(lost: 0, place: "c")])
  }

  @Test func aRequestIsGivenUpAfterFiveMinutes() {
    var queue = SpanQueue(place: "c")
    _ = queue.take(block(3), at: start)
    var now = start + .seconds(1)
    var tries = 0
    while now < start + .seconds(302) {
      if sent(queue.next(at: now)) != nil {
        tries += 1
        queue.finished(.failed(.notConnected, retryAfter: nil), at: now, random: .max)
      }
      now = now + .seconds(1)
    }
    #expect(queue.counters.expired == 3 && queue.counters.waiting == 0)
    // 1, 2, 4, 8, 16 and then 30 seconds between them.
    #expect(tries == 14)
  }

  @Test func aRefusedRequestIsNotRepeated() {
    var queue = SpanQueue(place: "c")
    _ = queue.take(block(3), at: start)
    _ = queue.next(at: start + .seconds(1))
    queue.finished(.refused(status: 401), at: start, random: 0)
    #expect(queue.takeReports() == [.refused(status: 401, place: "c")])
    #expect(queue.counters.rejected == 3 && queue.counters.waiting == 0)
  }

  @Test func aPartialSuccessIsCountedAndToldOnce() {
    var queue = SpanQueue(place: "c")
    // Field 1: { field 1: how many were rejected, field 2: "why" }.
    func answer(_ rejected: UInt8) -> DeliveryOutcome {
      .delivered([0x0A, 0x07, 0x08, rejected, 0x12, 0x03] + Array("why".utf8))
    }
    for round in 0..<2 {
      _ = queue.take(block(3), at: start)
      _ = queue.next(at: start + .seconds(1))
      queue.finished(answer(2), at: start, random: 0)
      #expect(queue.takeReports() == (round == 0 ? [.rejected(spans: 2, message: "why", place: "c")] : []))
    }
    #expect(queue.counters.exported == 2 && queue.counters.rejected == 4)
    _ = queue.take(block(3), at: start)
    _ = queue.next(at: start + .seconds(1))
    queue.finished(answer(99), at: start, random: 0)
    #expect(queue.counters.rejected == 7, "no more than were sent")
  }

  @Test func whoIsNoCollectorIsTold() {
    var queue = SpanQueue(place: "c")
    for round in 0..<2 {
      _ = queue.take(block(3), at: start)
      _ = queue.next(at: start + .seconds(1))
      queue.finished(.delivered(Array("<html>".utf8)), at: start, random: 0)
      #expect(queue.takeReports() == (round == 0 ? [.notUnderstood(place: "c")] : []))
    }
  }

  @Test func theEndTriesWhatWaitsOnce() {
    var queue = SpanQueue(place: "c")
    _ = queue.take(block(3), at: start)
    queue.stop()
    #expect(!queue.isDone)
    _ = queue.take(block(1), at: start)
    #expect(sent(queue.next(at: start))?.spans == 3, "at once, and nothing that came afterwards")
    queue.finished(.failed(.timeout, retryAfter: nil), at: start, random: 0)
    #expect(queue.isDone && queue.counters.expired == 3 && queue.counters.dropped == 1)
    #expect(queue.takeReports() == [.failing(.timeout, place: "c"), .left(3, place: "c")])
    #expect(sent(queue.next(at: start + .seconds(60))) == nil)
  }

  @Test func whatWasLeftOutIsCounted() {
    var queue = SpanQueue(place: "c")
    let isNews = queue.take(block(0, bytes: 0, leftOut: 7), at: start)
    #expect(!isNews)
    _ = queue.take(block(1, leftOut: 2), at: start)
    #expect(queue.counters.exchangesLeftOut == 9 && queue.counters.waiting == 1)
  }
}
