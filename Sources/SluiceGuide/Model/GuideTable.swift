/// A table: the first cell of each row names the row.
public struct GuideTable: Equatable, Sendable, Encodable {
  public let columns: [String]
  public let rows: [[String]]

  public init(columns: [String], rows: [[String]]) {
    self.columns = columns
    self.rows = rows
  }
}
