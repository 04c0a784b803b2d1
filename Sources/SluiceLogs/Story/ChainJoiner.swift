internal import SluiceCore

/// Joins what two proxies tell of one request: the outer one saw a 502 of its upstream, which was the inner one's own
/// answer to a failure. The inner one knows the cause (reference 2.10, rule 5).
///
/// They are joined by a request ID that both tell, else by method, path, status and time. One failure remains: the
/// inner one's, which remembers who stood in front.
struct ChainJoiner: Sendable {
  /// Failures that are held.
  static let heldMax = 4096
  /// Milliseconds between the two ends at most, on clocks that are not the same.
  static let reach: Int64 = 2000
  /// Milliseconds for which a failure is held.
  static let wait: Int64 = 5000
  static let candidatesMax = 64

  private struct Key: Hashable, Sendable {
    var isID: Bool
    var text: String
  }

  private var held: [Int: FailedRequest] = [:]
  private var lanes: [Key: Fifo] = [:]
  private var order = Fifo()
  private var next = 0
  private var now: Int64?
  private var source: (LogProduct, Int?)?
  private var mayJoin = false
  /// The end of the failure that is first in `order`, so that it is not fetched to see that its time has not come.
  private var oldest: (id: Int, end: Int64?)?

  /// - Returns: Failures of which nothing more is to come.
  mutating func take(_ failure: FailedRequest) -> [FailedRequest] {
    if let time = failure.time { now = max(now ?? time, time) }
    // An attempt that nobody in front can have seen as a failure needs no other proxy's line.
    guard failure.hasEnd, !failure.isSaved, Strand(failure.cause) != .client else { return [failure] + close() }
    look(at: failure)
    let keys = mayJoin ? Self.keys(failure) : []
    if let id = find(failure, keys), let other = held[id] {
      held[id] = Self.isOuter(failure, to: other) ? other.seen(by: failure) : failure.seen(by: other)
      oldest = nil
      return close()
    }
    let id = next
    next += 1
    held[id] = failure
    order.append(id)
    for key in keys { lanes[key, default: Fifo()].append(id) }
    return close()
  }

  mutating func finish() -> [FailedRequest] {
    let rest = held.sorted { $0.key < $1.key }.map(\.value)
    self = ChainJoiner()
    return rest
  }

  /// As long as all failures are of one log, none can be another proxy's view of another: they are only held. With the
  /// first of a second log they become findable.
  private mutating func look(at failure: FailedRequest) {
    guard !mayJoin else { return }
    guard let source else {
      source = (failure.product, failure.endSource)
      return
    }
    guard source.0 != failure.product || source.1 != failure.endSource else { return }
    mayJoin = true
    for (id, other) in held.sorted(by: { $0.key < $1.key }) {
      for key in Self.keys(other) { lanes[key, default: Fifo()].append(id) }
    }
  }

  private static func keys(_ failure: FailedRequest) -> [Key] {
    var keys: [Key] = []
    if let id = failure.requestID { keys.append(Key(isID: true, text: id)) }
    if let path = failure.path { keys.append(Key(isID: false, text: (failure.method ?? "") + " " + path)) }
    return keys
  }

  private mutating func find(_ failure: FailedRequest, _ keys: [Key]) -> Int? {
    for key in keys {
      while let id = lanes[key]?.first, held[id] == nil { lanes[key]?.removeFirst() }
      guard let ids = lanes[key] else { continue }
      if ids.first == nil { lanes[key] = nil }
      for id in ids.prefix(Self.candidatesMax) {
        guard let other = held[id], Self.areOne(failure, other, isID: key.isID) else { continue }
        return id
      }
    }
    return nil
  }

  private static func areOne(_ one: FailedRequest, _ other: FailedRequest, isID: Bool) -> Bool {
    guard one.outer == nil, other.outer == nil else { return false }
    // One proxy's two logs were joined before; two instances of one product have logs of their own.
    guard one.product != other.product || one.endSource != other.endSource else { return false }
    guard isOuter(one, to: other) || isOuter(other, to: one) else { return false }
    if isID { return true }
    guard let time = one.endTime, let otherTime = other.endTime else { return false }
    return abs(time - otherTime) <= reach
  }

  /// Whether the first only passed on what the second answered.
  private static func isOuter(_ one: FailedRequest, to other: FailedRequest) -> Bool {
    guard one.cause == .upstreamStatus || (one.cause == nil && one.upstreamStatus != nil) else { return false }
    guard let passed = one.upstreamStatus ?? one.status, passed >= 500, other.status == passed else { return false }
    guard other.cause == .upstreamStatus else { return true }
    // Both passed it on: the one that took less time is further in.
    guard let took = one.totalTime, let otherTook = other.totalTime else { return true }
    return took >= otherTook
  }

  private func isOver(_ end: Int64?) -> Bool {
    if let now, let end { now - end > Self.wait } else { false }
  }

  private mutating func close() -> [FailedRequest] {
    var closed: [FailedRequest] = []
    while let id = order.first {
      if let oldest, oldest.id == id, held.count <= Self.heldMax, !isOver(oldest.end) { break }
      guard let failure = held[id] else {
        order.removeFirst()
        continue
      }
      guard isOver(failure.endTime) || held.count > Self.heldMax else {
        oldest = (id, failure.endTime)
        break
      }
      order.removeFirst()
      held[id] = nil
      closed.append(failure)
    }
    if lanes.count > 4 * Self.heldMax {
      lanes = lanes.filter { lane in lane.value.last.map { held[$0] != nil } ?? false }
    }
    return closed
  }
}
