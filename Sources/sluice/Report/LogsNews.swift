import SluiceLogs

/// Of the problems of a log that grows, those with something to tell.
struct LogsNews {
  /// Problems that are remembered; beyond that all are, at worst, told again.
  static let countMax = 4096

  private var told: [String: (isOngoing: Bool, count: Int)] = [:]

  /// New ones, those that ended or began again, and those whose count has doubled since they were told.
  mutating func take(_ report: LogReport) -> [LogProblem] {
    let news = report.problems.filter { problem in
      guard let before = told[problem.id] else { return true }
      return before.isOngoing != problem.isOngoing || problem.count / 2 >= before.count
    }
    if told.count + news.count > Self.countMax { told = [:] }
    for problem in news { told[problem.id] = (problem.isOngoing, problem.count) }
    return news
  }
}
