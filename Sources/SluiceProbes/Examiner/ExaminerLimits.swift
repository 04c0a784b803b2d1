/// How long an examination waits for each kind of look.
public struct ExaminerLimits: Sendable {
  public var store = Duration.seconds(2)
  public var log = Duration.seconds(3)
  public var machine = Duration.seconds(3)
  /// Milliseconds before the moment in which a name's former addresses are looked for: 1 day.
  public var past: Int64 = 86_400_000

  public init() {}
}
