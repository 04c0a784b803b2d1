import SluiceIncidents

/// Of problems that are looked at again and again, those with something to tell.
struct ProblemNews {
  /// Problems that are remembered; beyond that the oldest are, at worst, told again.
  static let countMax = 4096

  private var told: [Int64: (state: Problem.State, count: Int64)] = [:]

  /// New ones, those whose state has changed, and those whose count has doubled since they were told.
  mutating func take(_ problems: [Problem]) -> [Problem] {
    let news = problems.filter { problem in
      guard let before = told[problem.number] else { return true }
      return before.state != problem.state || problem.count / 2 >= before.count
    }
    if told.count + news.count > Self.countMax, let oldest = told.keys.sorted().dropLast(Self.countMax / 2).last {
      told = told.filter { $0.key > oldest }
    }
    for problem in news { told[problem.number] = (problem.state, problem.count) }
    return news
  }
}
