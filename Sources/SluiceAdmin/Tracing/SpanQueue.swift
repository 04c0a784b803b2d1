internal import SluiceCore
internal import SluiceIncidents

/// Decides what is sent to a collector, and when. A value without a clock, randomness or a socket.
///
/// # Overview
/// `take` adds a block, `next` says what to do, `finished` takes what came of a try. One request is on its way at a
/// time; while it is tried again, the others wait.
///
/// # Why this way
/// - Beyond its bound the queue drops what comes, not what waits: the beginning of a trouble explains more than its
///   middle.
/// - A request leaves when it is full or its first span has waited for `SpanLimits.delay`, so that a quiet gateway's
///   spans come soon, and a busy one's in few requests.
/// - A request that is tried again keeps its spans, so that a collector can tell a repeat by their IDs.
///
/// # Not handled here
/// Bytes (`ExportRequest`), connections (`DeliveryClient`) and threads (`SpanSender`).
struct SpanQueue: DeliveryQueue {
  typealias Step = DeliveryStep<SpanBatch>

  let place: String
  private let bytesMax: Int
  private var waiting: [(block: SpanBlock, since: Instant)] = []
  private var waitingSpans = 0
  private var waitingBytes = 0
  private var batch: SpanBatch?
  private var stops = false
  private(set) var isRetired = false
  private var counted = SpanCounters()
  private var reports: [SpanReport] = []
  private var isFailing = false
  private var isDropping = false
  private var isRejecting = false
  private var isMisunderstood = false
  private var lost: UInt64 = 0

  /// - Parameter place: the collector's host and port, for reports.
  init(place: String, bytesMax: Int = SpanLimits.queueBytesMax) {
    self.place = place
    self.bytesMax = bytesMax
  }

  var counters: SpanCounters {
    var counters = counted
    counters.waiting = left
    counters.waitingBytes = heldBytes
    return counters
  }

  /// Spans that wait, those on their way included.
  var left: Int { waitingSpans + (batch?.spans ?? 0) }

  private var heldBytes: Int { waitingBytes + (batch?.bytes ?? 0) }

  var isDone: Bool { left == 0 || isRetired }

  mutating func takeReports() -> [SpanReport] {
    defer { reports = [] }
    return reports
  }

  // MARK: Blocks

  /// Takes a block, or drops and counts it.
  ///
  /// - Returns: whether `next` has something to say.
  mutating func take(_ block: SpanBlock, at now: Instant) -> Bool {
    counted.exchangesLeftOut += UInt64(block.leftOut)
    guard block.spans > 0 else { return false }
    let bytes = Self.size(of: block)
    guard !isRetired, !stops, heldBytes + bytes <= bytesMax else {
      counted.dropped += UInt64(block.spans)
      guard !isRetired, !stops else { return false }
      lost += UInt64(block.spans)
      guard !isDropping else { return false }
      isDropping = true
      reports.append(.dropping(place: place))
      return true
    }
    let wasFull = isFull
    waiting.append((block, now))
    waitingSpans += block.spans
    waitingBytes += bytes
    return batch == nil && (waiting.count == 1 || isFull && !wasFull)
  }

  private static func size(of block: SpanBlock) -> Int { block.bytes.capacity + SpanLimits.blockOverhead }

  private var isFull: Bool { waitingBytes >= SpanLimits.batchBytesMax || waitingSpans >= SpanLimits.batchSpansMax }

  // MARK: Sending

  mutating func next(at now: Instant, wall: Int64, using random: inout some RandomNumberGenerator) -> Step {
    next(at: now)
  }

  /// A batch needs neither a name nor the time of day.
  mutating func next(at now: Instant) -> Step {
    guard !isRetired else { return .idle }
    if let batch, batch.nextTry == nil { return .idle }
    expire(at: now)
    if let nextTry = batch?.nextTry {
      guard now >= nextTry || stops else { return .wait(until: nextTry) }
      batch?.nextTry = nil
      return batch.map { .send($0) } ?? .idle
    }
    guard let first = waiting.first else { return .idle }
    let due = first.since + SpanLimits.delay
    guard isFull || stops || now >= due else { return .wait(until: due) }
    return .send(begin(at: now))
  }

  private mutating func begin(at now: Instant) -> SpanBatch {
    var (count, spans, bytes) = (0, 0, 0)
    for (block, _) in waiting {
      let size = Self.size(of: block)
      if count > 0, bytes + size > SpanLimits.batchBytesMax || spans >= SpanLimits.batchSpansMax { break }
      count += 1
      spans += block.spans
      bytes += size
    }
    let batch = SpanBatch(blocks: waiting.prefix(count).map(\.block), spans: spans, bytes: bytes, since: now)
    waiting.removeFirst(count)
    waitingSpans -= spans
    waitingBytes -= bytes
    self.batch = batch
    return batch
  }

  private mutating func expire(at now: Instant) {
    guard let batch, now - batch.since >= SpanLimits.age else { return }
    counted.expired += UInt64(batch.spans)
    lost += UInt64(batch.spans)
    self.batch = nil
  }

  mutating func finished(
    _ outcome: DeliveryOutcome, at now: Instant, using random: inout some RandomNumberGenerator
  ) {
    finished(outcome, at: now, random: random.next())
  }

  /// - Parameter random: any number, for the pause before the next try.
  mutating func finished(_ outcome: DeliveryOutcome, at now: Instant, random: UInt64) {
    guard !isRetired, var batch, batch.nextTry == nil else { return }
    switch outcome {
    case .delivered(let body):
      self.batch = nil
      accepted(batch, ExportAnswer(body))
    case .refused(let status):
      self.batch = nil
      counted.rejected += UInt64(batch.spans)
      lost += UInt64(batch.spans)
      fail(.refused(status: status, place: place))
    case .failed(let failure, let retryAfter):
      counted.failedTries += 1
      batch.failedTries += 1
      batch.nextTry =
        now + RetryRule.spans.pause(tries: batch.failedTries, retryAfter: retryAfter, random: random)
      self.batch = batch
      fail(.failing(failure, place: place))
      if stops { retire() }
    }
  }

  private mutating func accepted(_ batch: SpanBatch, _ answer: ExportAnswer) {
    let rejected = min(answer.rejectedSpans, UInt64(batch.spans))
    counted.requests += 1
    counted.rejected += rejected
    counted.exported += UInt64(batch.spans) - rejected
    if isFailing || isDropping { reports.append(.working(lost: lost, place: place)) }
    (isFailing, isDropping, lost) = (false, false, 0)
    if rejected > 0, !isRejecting {
      reports.append(.rejected(spans: rejected, message: answer.message, place: place))
    }
    isRejecting = rejected > 0
    if !answer.isUnderstood, !isMisunderstood { reports.append(.notUnderstood(place: place)) }
    isMisunderstood = !answer.isUnderstood
  }

  private mutating func fail(_ report: SpanReport) {
    guard !isFailing else { return }
    isFailing = true
    reports.append(report)
  }

  // MARK: The end

  mutating func stop() { stops = true }

  /// What is left is counted too.
  mutating func retire() {
    guard !isRetired else { return }
    if left > 0 { reports.append(.left(left, place: place)) }
    counted.expired += UInt64(left)
    isRetired = true
    (waiting, waitingSpans, waitingBytes, batch) = ([], 0, 0, nil)
  }
}
