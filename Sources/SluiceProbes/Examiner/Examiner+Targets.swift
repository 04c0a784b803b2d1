public import SluiceConfiguration
public import SluiceDiagnosis
public import SluiceIncidents

extension Examiner {
  /// Endpoints that are examined at the same time.
  static let parallelism = 8
  /// Endpoints of one round; the others are left out.
  public static let targetsMax = 32

  /// Looks at several endpoints, some at a time.
  ///
  /// - Parameters:
  ///   - onStep: called as a step of any of them is over.
  ///   - onEnd: called as one is done, with how many are.
  /// - Returns: in the order of the targets.
  public func examine(
    _ targets: [ProbeTarget], log: LogSource? = nil, moment: Int64? = nil,
    onStep: @escaping @Sendable (Step, Examination) -> Void = { _, _ in }, onEnd: (Int) -> Void = { _ in }
  ) async -> [Examination] {
    var waiting = Array(targets.prefix(Self.targetsMax).enumerated().reversed())
    return await withTaskGroup(of: (Int, Examination).self) { group in
      func next() {
        guard let (index, target) = waiting.popLast() else { return }
        group.addTask { (index, await examine(target, log: log, moment: moment, onStep: onStep)) }
      }
      for _ in 0..<Self.parallelism { next() }
      var found: [(Int, Examination)] = []
      for await examination in group {
        found.append(examination)
        onEnd(found.count)
        next()
      }
      return found.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }
}
