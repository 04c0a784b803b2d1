/// The formats of a run, prepared for matching.
public struct LogFormatTable: Sendable {
  let formats: [CompiledFormat]

  init(_ formats: [LogFormat]) {
    self.formats = formats.enumerated().map { CompiledFormat($1, index: $0) }
  }

  /// The same with objects of its own: cores that count references to the same ones wait for each other.
  func copy() -> LogFormatTable { LogFormatTable(formats.map(\.format)) }

  public static let standard = LogFormatTable(LogFormat.all)
}
