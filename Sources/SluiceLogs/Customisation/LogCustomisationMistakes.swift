/// Everything that is wrong in a file of formats and signatures, in the order of the file.
public struct LogCustomisationMistakes: Error, Equatable {
  public let mistakes: [LogCustomisationMistake]

  /// A line for each.
  public var text: String { mistakes.map(\.text).joined(separator: "\n") }
}
