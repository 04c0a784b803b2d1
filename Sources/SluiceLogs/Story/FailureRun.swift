internal import SluiceCore
internal import SluiceDiagnosis

/// Failures of one cause at one place without a long gap: what problems are made of. Its size has a bound, however many
/// failures it counts.
struct FailureRun: Equatable, Sendable {
  struct Key: Hashable, Sendable {
    var product: LogProduct
    var upstream: String?
    var endpoint: String?
    /// Only where neither upstream nor endpoint is told: the host or the route.
    var site: String?
    var cause: Cause?
  }

  struct Sample: Equatable, Sendable {
    var place: LinePlace
    var text: String
  }

  let key: Key
  /// Unix time in milliseconds; nil: no line told one.
  private(set) var first: Int64?
  private(set) var last: Int64?
  private(set) var count = 0
  private(set) var saved = 0
  /// Of them, those that another proxy in front told as well.
  private(set) var seenOutside: [LogProduct: Int] = [:]
  private var statusCounts = FewCounts<UInt16>()
  /// Failures whose end no access log tells.
  private(set) var unended = 0
  private var owners = FewCounts<Owner>()
  private var sureCounts = FewCounts<Sureness>()
  private(set) var alternatives: [Cause] = []
  private(set) var estimate: String?
  /// Of the first failure that no timing decided: then the row's note is about another cause.
  private(set) var note: String?
  private(set) var slots = SlotCounts()
  private(set) var paths = NameCounts()
  private(set) var methods = NameCounts()
  private(set) var hosts = NameCounts()
  private(set) var routes = NameCounts()
  private(set) var clients = NameCounts()
  private(set) var durations = DurationCounts()
  /// Waiting for a place, and connecting.
  private(set) var queueing = DurationCounts()
  private(set) var connecting = DurationCounts()
  /// Failures that tell of no time for connecting, or none above zero: a connection may have been reused.
  private(set) var withoutConnect = 0
  /// Failures in the fullest second.
  private(set) var peak = 0
  private var second: Int64?
  private var inSecond = 0
  let sample: Sample

  /// Other causes of one line that are held.
  static let alternativesMax = 6
  /// Bytes of a path that are compared, its query left out: identifiers make every query another.
  static let pathMax = 120

  init(_ key: Key, _ failure: FailedRequest) {
    self.key = key
    sample = Sample(failure)
    add(failure)
  }

  mutating func add(_ failure: FailedRequest) {
    count += 1
    if failure.isSaved { saved += 1 }
    if let outer = failure.outer { seenOutside[outer, default: 0] += 1 }
    if failure.hasEnd { statusCounts.add(failure.status ?? 0) } else { unended += 1 }
    owners.add(failure.who)
    sureCounts.add(failure.sure)
    for cause in failure.alternatives where alternatives.count < Self.alternativesMax {
      if !alternatives.contains(cause) { alternatives.append(cause) }
    }
    estimate = estimate ?? failure.estimate
    if note == nil, failure.estimate == nil { note = failure.note }
    paths.add(failure.path.map(Self.shortened))
    methods.add(failure.method)
    hosts.add(failure.host)
    routes.add(failure.route)
    clients.add(failure.client)
    durations.add(failure.totalTime)
    queueing.add(failure.queueTime)
    connecting.add(failure.connectTime)
    if (failure.connectTime ?? 0) <= 0 { withoutConnect += 1 }
    guard let time = failure.time else { return }
    first = min(first ?? time, time)
    last = max(last ?? time, time)
    let second = time.dividedDown(by: 1000)
    slots.add(second)
    inSecond = self.second == second ? inSecond + 1 : 1
    self.second = second
    peak = max(peak, inSecond)
  }

  /// The least sure of what at least a tenth of them were.
  var sure: Sureness {
    sureCounts.counts.filter { 10 * $0.value >= count }.keys.min() ?? .unknown
  }

  /// Whether its cause is the likeliest of several quite different ones, as where only a status is known.
  var isGuess: Bool {
    sure <= .possible && alternatives.contains { Strand($0) != Strand(key.cause) }
  }

  /// 0: the client got no answer.
  var statuses: [UInt16: Int] { statusCounts.counts }

  /// The owner that most lines name.
  var who: Owner {
    owners.counts.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key ?? .unknown
  }

  /// Milliseconds from the first to the last.
  var span: Int64 {
    guard let first, let last else { return 0 }
    return last - first
  }

  static func shortened(_ path: String) -> String {
    var path = path
    return path.withUTF8 { bytes in
      let end = min(bytes.firstIndex(of: 0x3F) ?? bytes.count, pathMax)
      return end == bytes.count ? nil : String(decoding: bytes[..<end], as: UTF8.self)
    } ?? path
  }
}

extension FailureRun.Sample {
  init(_ failure: FailedRequest) { self.init(place: failure.place, text: failure.text) }
}

extension Int64 {
  /// The quotient, rounded down for negative times, too.
  func dividedDown(by divisor: Int64) -> Int64 {
    let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? quotient - 1 : quotient
  }
}
