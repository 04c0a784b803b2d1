/// Which files are which log.
public enum LogSets {
  /// Each path is a log of its own; `-` is standard input.
  public static func find(_ paths: [String]) -> (sets: [LogSet], problems: [LogReadProblem]) {
    (paths.map { $0 == "-" ? .standardInput : LogSet(name: $0, files: [$0]) }, [])
  }
}
