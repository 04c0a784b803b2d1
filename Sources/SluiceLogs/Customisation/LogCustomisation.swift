/// Formats and signatures that a user described in a file, checked.
public struct LogCustomisation: Sendable {
  let formats: [CustomFormat]
  let rows: [CustomRow]

  /// Bytes of a file.
  public static let bytesMax = 1 << 20
  static let formatsMax = 64
  static let rowsMax = 1024
  /// Mistakes that are told.
  static let mistakesMax = 100

  /// Reads a file's text.
  ///
  /// - Parameter file: Its name in what is said of its mistakes.
  /// - Throws: All mistakes at once.
  public init(parsing text: String, file: String) throws(LogCustomisationMistakes) {
    var reader = CustomisationReader(file: file)
    reader.read(text)
    guard reader.mistakes.isEmpty else {
      let ordered = reader.mistakes.enumerated().sorted {
        ($0.element.line, $0.element.column, $0.offset) < ($1.element.line, $1.element.column, $1.offset)
      }
      throw LogCustomisationMistakes(mistakes: ordered.map(\.element))
    }
    formats = reader.formats
    rows = reader.rows
  }
}
