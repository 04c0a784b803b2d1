internal import SluiceCore

/// All runs of failures, in a bounded number.
struct RunLedger: Equatable, Sendable {
  /// Milliseconds without a failure of the same cause and place, after which another run begins: 5 minutes.
  static let gapMax: Int64 = 300_000
  /// Runs that are held. Beyond, failures are counted to the last run of the same cause, whatever its place.
  static let runsMax = 1500

  private(set) var runs: [FailureRun] = []
  /// The index of the run that is under way.
  private var current: [FailureRun.Key: Int] = [:]
  /// For failures beyond the bound: a run for each product and cause without a place.
  private(set) var beyond = 0

  mutating func add(_ failure: FailedRequest) {
    let key = Self.key(of: failure)
    if let index = current[key], !hasGap(runs[index], failure.time) {
      runs[index].add(failure)
      return
    }
    if runs.count < Self.runsMax {
      current[key] = runs.count
      runs.append(FailureRun(key, failure))
      return
    }
    beyond += 1
    if let index = current[key] {
      runs[index].add(failure)
      return
    }
    let placeless = FailureRun.Key(product: key.product, cause: key.cause)
    if let index = current[placeless] {
      runs[index].add(failure)
    } else {
      // There are only so many products and causes.
      current[placeless] = runs.count
      runs.append(FailureRun(placeless, failure))
    }
  }

  private func hasGap(_ run: FailureRun, _ time: Int64?) -> Bool {
    guard let time, let last = run.last else { return false }
    return time - last > Self.gapMax
  }

  private static func key(of failure: FailedRequest) -> FailureRun.Key {
    let isPlaced = failure.upstream != nil || failure.endpoint != nil
    return FailureRun.Key(
      product: failure.product, upstream: failure.upstream, endpoint: failure.endpoint,
      site: isPlaced ? nil : failure.route ?? failure.host, cause: failure.cause)
  }
}
