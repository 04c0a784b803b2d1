/// A turn in a problem's life, as alerts tell it. Each is given once.
///
/// The problem's number is 0 where the store could not be written at that moment.
public enum ProblemEvent: Equatable, Sendable {
  /// Its first incident was seen.
  case started(Problem)
  /// It has gone on for as long as was asked for.
  case persists(Problem)
  /// Nothing of it was seen for `Problem.quietTime`.
  case ended(Problem)

  public var problem: Problem {
    switch self {
    case .started(let problem), .persists(let problem), .ended(let problem): problem
    }
  }
}
