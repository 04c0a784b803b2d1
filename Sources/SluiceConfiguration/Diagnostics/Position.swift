/// A place in a file. Lines and columns begin at 1; a column counts Unicode scalars. Line 0: the file as a whole.
public struct Position: Sendable, Hashable, Comparable {
  public var line: Int
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public static let whole = Position(line: 0, column: 0)

  public static func < (left: Position, right: Position) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}
