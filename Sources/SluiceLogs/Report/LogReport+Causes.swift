internal import SluiceDiagnosis

extension LogReport {
  /// Only these causes, and the problems in which one of them was seen or that go back to one.
  ///
  /// - Parameter names: identifiers of causes and root causes; empty: everything.
  public func only(causes names: [String]) -> LogReport {
    guard !names.isEmpty else { return self }
    var copy = self
    copy.chosen = names
    copy.causes = causes.filter { names.contains($0.cause) }
    copy.problems = problems.filter { problem in
      names.contains(problem.verdict.cause) || problem.causes.contains { names.contains($0.cause) }
    }
    copy.saved = copy.causes.reduce(0) { $0 + $1.saved } + copy.beside.saved
    copy.chart = nil
    if let place = remarks.firstIndex(of: Self.remark(saved: saved)) {
      copy.remarks.replaceSubrange(place...place, with: copy.saved > 0 ? [Self.remark(saved: copy.saved)] : [])
    }
    return copy
  }
}
