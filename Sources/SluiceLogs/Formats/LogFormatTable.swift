/// The formats of a run, prepared for matching.
public struct LogFormatTable: Sendable {
  let formats: [LogFormat]
  /// Of the formats in JSON; nil for others.
  private let keys: [JSONKeys?]

  init(_ formats: [LogFormat]) {
    self.formats = formats
    keys = formats.map { format in
      if case .json(let keys) = format.shape { JSONKeys(keys) } else { nil }
    }
  }

  public static let standard = LogFormatTable(LogFormat.all)

  /// Whether the line is of the format; its fields then stand in `fields`.
  @inline(__always)
  func matches(_ index: Int, _ line: RawSpan, _ fields: inout FieldSet) -> Bool {
    let format = formats[index]
    fields.clear()
    let isDivided =
      switch format.shape {
      case .template(let template): template.match(line, into: &fields)
      case .json: keys[index].map { JSONLine.read(line, $0, into: &fields) } ?? false
      case .reader(let read): read(line, &fields)
      }
    return isDivided && format.accepts(line, fields)
  }

  /// The index of the first format that the line is of.
  func first(for line: RawSpan, _ fields: inout FieldSet) -> Int? {
    for index in formats.indices where matches(index, line, &fields) { return index }
    return nil
  }
}
