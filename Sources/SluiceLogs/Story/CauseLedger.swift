internal import SluiceCore
internal import SluiceDiagnosis

/// All failures by cause, over the whole of the logs.
struct CauseLedger: Equatable, Sendable {
  struct Tally: Equatable, Sendable {
    var count = 0
    var saved = 0
    /// Those that reached their client and were not its own doing.
    var failed = 0
    var sure = Sureness.certain
    var owners = FewCounts<Owner>()
    /// 0: none was given.
    var statuses = FewCounts<UInt16>()
    var upstreams = NameCounts()
    var first: Int64?
    var last: Int64?
    var sample: FailureRun.Sample

    mutating func add(_ failure: FailedRequest) {
      count += 1
      if failure.isSaved { saved += 1 } else if failure.who != .client { failed += 1 }
      sure = min(sure, failure.sure)
      owners.add(failure.who)
      if failure.hasEnd { statuses.add(failure.status ?? 0) }
      upstreams.add(failure.upstream ?? failure.endpoint)
      guard let time = failure.time else { return }
      first = min(first ?? time, time)
      last = max(last ?? time, time)
    }
  }

  /// nil: the lines do not tell it.
  private(set) var tallies: [Cause?: Tally] = [:]

  mutating func add(_ failure: FailedRequest) {
    // In place: a copy of the tally would copy its tables.
    if let index = tallies.index(forKey: failure.cause) { return tallies.values[index].add(failure) }
    var tally = Tally(sample: FailureRun.Sample(failure))
    tally.add(failure)
    tallies[failure.cause] = tally
  }

  var saved: Int { tallies.values.reduce(0) { $0 + $1.saved } }

  /// The most frequent first.
  func counts(_ logs: [LogSource]) -> [CauseCount] {
    tallies.map { cause, tally in
      CauseCount(
        cause: cause.shownIdentifier,
        who: tally.owners.counts.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key.identifier
          ?? Owner.unknown.identifier,
        sure: tally.sure, count: tally.count, saved: tally.saved, failed: tally.failed,
        statuses: tally.statuses.counts.shownStatuses,
        upstreams: Dictionary(uniqueKeysWithValues: tally.upstreams.ranked.prefix(Self.upstreamsMax).map { ($0, $1) }),
        first: tally.first.map(Moment.text), last: tally.last.map(Moment.text), sample: tally.sample.shown(logs))
    }
    .sorted { ($1.count, $0.cause) < ($0.count, $1.cause) }
  }

  /// Upstreams that a report lists for one cause.
  static let upstreamsMax = 10
}

extension Cause? {
  /// `unknown` where the lines tell only that a request failed.
  var shownIdentifier: String { self?.identifier ?? "unknown" }
}

extension [UInt16: Int] {
  /// As a report has them: `none` where no answer was given.
  var shownStatuses: [String: Int] {
    reduce(into: [:]) { $0[$1.key == 0 ? "none" : "\($1.key)", default: 0] += $1.value }
  }
}

extension FailureRun.Sample {
  func shown(_ logs: [LogSource]) -> LogSample {
    let files = logs.indices.contains(place.source) ? logs[place.source].files : []
    let file = files.indices.contains(place.file) ? files[place.file] : files.first ?? "?"
    return LogSample(file: file, line: place.line, text: text)
  }
}
