internal import GRDB

/// A row of `problem` as a value.
enum ProblemRow {
  static let select = """
    SELECT *, (SELECT count(*) FROM incident WHERE incident.problem = problem.number) AS kept FROM problem
    """

  /// - Parameter now: Unix time in milliseconds; a problem that was quiet for long enough is over, whoever was there to
  ///   tell.
  static func problem(_ row: Row, at now: Int64) throws -> Problem {
    let lastSeen: Int64 = try row.value("lastSeen")
    let isToldOver: Bool = try row.value("isOver")
    let isOver = isToldOver || now &- lastSeen >= ProblemTracker.quietMilliseconds
    return Problem(
      number: try row.value("number"),
      key: ProblemKey(
        cause: try row.value("cause"), route: try row.value("route"), upstream: try row.value("upstream"),
        endpoint: try row.value("endpoint")),
      who: try row.value("who"), state: isOver ? .over : .ongoing, firstSeen: try row.value("firstSeen"),
      lastSeen: lastSeen, count: try row.value("count"), absorbed: try row.value("absorbed"),
      kept: try row.value("kept"), lastMinute: try row.value("lastMinute"), example: try row.value("example"))
  }
}
