@testable import SluiceCore

/// An upstream behind a gate with a timed queue, on simulated time: what an adaptive limit does to its traffic.
///
/// Arrivals are random (Poisson). The upstream either has so many servers and an endless queue of its own, or takes
/// everything at once. Two workers collect samples and hand them in every 100 ms, as in the gateway.
struct QueueingModel {
  struct Request {
    var arrivedAt: Int64
    var sentAt: Int64 = 0
    var hadWaited = false
    var worker: Int
  }

  private enum Event {
    case arrival, tick(Int), served(Int)
  }

  /// What was seen, by second of its end.
  struct Second {
    var accepted = 0
    var shed = 0
    var limit = 0
    var inProgressMax = 0
  }

  /// Requests that the upstream works at together; nil: any number.
  var servers: Int?
  /// Seconds of work of one request, from the time and a random number within 0..<1.
  var service: (_ at: Double, _ random: Double) -> Double
  /// Requests a second at a time.
  var rate: (_ at: Double) -> Double
  var policy = AdaptivePolicy()
  var ceiling = 1024
  var queueLimit = 1024
  var queueTimeout = 1.0
  var seed: UInt64

  private(set) var seconds: [Second] = []
  /// From arrival to answer, in seconds, by second of the answer.
  private(set) var totals: [[Double]] = []
  private(set) var adaptive: AdaptiveLimit
  private(set) var reasons: Set<AdaptiveLimit.Reason> = []
  private var random: SplitMix64
  private var heap: [(at: Int64, event: Event)] = []
  private var requests: [Request] = []
  private var queue: [Int] = []
  private var queueHead = 0
  private var inProgress = 0
  private var busy = 0
  private var inner: [Int] = []
  private var innerHead = 0
  private var samples: [AdaptiveSamples]

  init(
    servers: Int?, seed: UInt64, policy: AdaptivePolicy = AdaptivePolicy(), ceiling: Int = 1024,
    rate: @escaping (Double) -> Double, service: @escaping (Double, Double) -> Double
  ) {
    self.servers = servers
    self.service = service
    self.rate = rate
    self.seed = seed
    self.policy = policy
    self.ceiling = ceiling
    random = SplitMix64(seed: seed)
    adaptive = AdaptiveLimit(policy, ceiling: ceiling, at: Instant(nanoseconds: 0))
    samples = [adaptive.samples, adaptive.samples]
  }

  // MARK: Running

  mutating func run(seconds count: Int) {
    seconds = Array(repeating: Second(), count: count + 1)
    totals = Array(repeating: [], count: count + 1)
    schedule(.tick(0), 100_000_000)
    schedule(.tick(1), 150_000_000)
    scheduleArrival(after: 0)
    let end = Int64(count) * 1_000_000_000
    while let (now, event) = next(), now <= end {
      dropExpired(now)
      switch event {
      case .arrival: arrive(now)
      case .tick(let worker): tick(worker, now)
      case .served(let index): served(index, now)
      }
      seconds[Self.second(now)].inProgressMax = max(seconds[Self.second(now)].inProgressMax, inProgress)
    }
  }

  private static func second(_ now: Int64) -> Int { Int(now / 1_000_000_000) }

  private mutating func chance() -> Double { Double(random.next() >> 11) / Double(UInt64(1) << 53) }

  private mutating func scheduleArrival(after now: Int64) {
    let perSecond = rate(Double(now) / 1e9)
    guard perSecond > 0 else { return schedule(.arrival, now + 10_000_000) }
    // An exponential gap with a straight series for the logarithm: no Foundation is needed for a test's traffic.
    schedule(.arrival, now + Int64(1e9 * exponential() / perSecond))
  }

  /// Exponential with mean 1: how many steps of 1 % pass until a 1 % chance comes up, and a part of a step.
  mutating func exponential() -> Double {
    var steps = 0.0
    while random.next() % 100 != 0 { steps += 1 }
    return (steps + chance()) / 100
  }

  private mutating func arrive(_ now: Int64) {
    if rate(Double(now) / 1e9) > 0 {
      requests.append(Request(arrivedAt: now, worker: requests.count % 2))
      let index = requests.count - 1
      if queue.count == queueHead, inProgress < adaptive.limit {
        send(index, now)
      } else if queue.count - queueHead < queueLimit {
        requests[index].hadWaited = true
        queue.append(index)
      } else {
        seconds[Self.second(now)].shed += 1
      }
    }
    scheduleArrival(after: now)
  }

  private mutating func dropExpired(_ now: Int64) {
    while queueHead < queue.count, now - requests[queue[queueHead]].arrivedAt > Int64(queueTimeout * 1e9) {
      queueHead += 1
      seconds[Self.second(now)].shed += 1
    }
  }

  private mutating func admit(_ now: Int64) {
    while queueHead < queue.count, inProgress < adaptive.limit {
      send(queue[queueHead], now)
      queueHead += 1
    }
  }

  private mutating func send(_ index: Int, _ now: Int64) {
    inProgress += 1
    requests[index].sentAt = now
    if let servers, busy >= servers { return inner.append(index) }
    begin(index, now)
  }

  private mutating func begin(_ index: Int, _ now: Int64) {
    busy += 1
    schedule(.served(index), now + Int64(1e9 * max(service(Double(now) / 1e9, chance()), 1e-6)))
  }

  private mutating func served(_ index: Int, _ now: Int64) {
    busy -= 1
    if innerHead < inner.count {
      innerHead += 1
      begin(inner[innerHead - 1], now)
    }
    inProgress -= 1
    let request = requests[index]
    samples[request.worker].add(
      TimeSpan(nanoseconds: now - request.sentAt), sentAt: Instant(nanoseconds: request.sentAt),
      hadWaited: request.hadWaited)
    seconds[Self.second(now)].accepted += 1
    totals[Self.second(now)].append(Double(now - request.arrivedAt) / 1e9)
    admit(now)
  }

  private mutating func tick(_ worker: Int, _ now: Int64) {
    adaptive.add(samples[worker], at: Instant(nanoseconds: now), random: random.next())
    samples[worker] = adaptive.samples
    reasons.insert(adaptive.reason)
    seconds[Self.second(now)].limit = adaptive.limit
    admit(now)
    schedule(.tick(worker), now + 100_000_000)
  }

  // MARK: A heap

  private mutating func schedule(_ event: Event, _ at: Int64) {
    heap.append((at, event))
    var child = heap.count - 1
    while child > 0, heap[(child - 1) / 2].at > heap[child].at {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private mutating func next() -> (Int64, Event)? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    guard !heap.isEmpty else { return (first.at, first.event) }
    heap[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child].at < heap[least].at {
        least = child
      }
      guard least != parent else { return (first.at, first.event) }
      heap.swapAt(parent, least)
      parent = least
    }
  }

  // MARK: Seen

  func accepted(_ range: Range<Int>) -> Int { seconds[range].reduce(0) { $0 + $1.accepted } }
  func shed(_ range: Range<Int>) -> Int { seconds[range].reduce(0) { $0 + $1.shed } }

  /// The latency that this share of the accepted requests stayed below.
  func percentile(_ share: Double, _ range: Range<Int>) -> Double {
    let all = totals[range].flatMap { $0 }.sorted()
    return all.isEmpty ? 0 : all[min(Int(share * Double(all.count)), all.count - 1)]
  }
}
