/// What came of the last reload.
public struct ReloadReport: Sendable, Equatable {
  /// Unix time in milliseconds.
  public var time: Int64
  /// In force since then, or still.
  public var generation: UInt64
  /// Why it was refused; nil: it was taken.
  public var refusal: String?
}
