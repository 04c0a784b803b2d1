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

  /// - Returns: Whether a failure of the same cause and place was added before.
  @discardableResult
  mutating func add(_ failure: FailedRequest) -> Bool {
    let key = Self.key(of: failure)
    let known = current[key]
    if let known, !hasGap(runs[known], failure.time) {
      runs[known].add(failure)
      return true
    }
    if runs.count < Self.runsMax {
      current[key] = runs.count
      runs.append(FailureRun(key, failure))
      return known != nil
    }
    beyond += 1
    if let known {
      runs[known].add(failure)
      return true
    }
    let placeless = FailureRun.Key(product: key.product, cause: key.cause)
    if let index = current[placeless] {
      runs[index].add(failure)
    } else {
      // There are only so many products and causes.
      current[placeless] = runs.count
      runs.append(FailureRun(placeless, failure))
    }
    return false
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
