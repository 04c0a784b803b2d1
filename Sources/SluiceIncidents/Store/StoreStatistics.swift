/// What a store holds.
public struct StoreStatistics: Equatable, Sendable {
  /// Incidents with their record.
  public var incidents: Int
  public var problems: Int
  public var ongoing: Int
  public var changes: Int
  /// Unix times in milliseconds of the incidents that were stored first and last; nil: there is none.
  public var oldest: Int64?
  public var newest: Int64?
  /// Of the file and its log.
  public var bytes: Int
}
