/// Literals and fields in turn, as a format string of a proxy has them.
///
/// Written as text: `{client} - {_?} [{time}] "{request}" {status}`. A name in braces is a `LogField` in camelCase;
/// `{_}` is a field that nothing needs; the rest are literals, `{{` and `}}` being the braces. A field has at least one
/// byte, with a question mark (`{referrer?}`) perhaps none. It ends where the literal behind it begins, and the last
/// one at the end of the line. Where that literal begins with a quote, a quote behind a backslash does not end the
/// field, and the escapes in it are taken away. `{*}` at the end takes the rest of the line, also an empty one.
struct LineTemplate: Sendable, Equatable {
  enum Part: Sendable, Equatable {
    case literal([UInt8])
    /// nil: skipped. A list is one of nginx': what stands between two of its elements does not end it.
    case field(LogField?, mayBeEmpty: Bool = false, isList: Bool = false)
    case rest
  }

  let parts: [Part]
  /// The same, as matching wants it.
  let steps: [TemplateStep]
  /// The literals of all steps behind each other.
  let literals: [UInt8]
  /// The bytes of the literal that the line begins with.
  let leading: Int

  init(parts: [Part]) {
    self.parts = parts
    var steps: [TemplateStep] = []
    var literals: [UInt8] = []
    var leading = 0
    for (index, part) in parts.enumerated() {
      switch part {
      case .literal(let bytes):
        literals += bytes
        if index == 0 { leading = bytes.count }
      case .field(let field, let mayBeEmpty, let isList):
        var step = TemplateStep(field: field, mayBeEmpty: mayBeEmpty, isList: isList, literal: literals.count)
        if index + 1 < parts.count, case .literal(let bytes) = parts[index + 1] {
          step.literalCount = bytes.count
          step.firstByte = bytes[0]
        }
        steps.append(step)
      case .rest:
        steps.append(TemplateStep(field: nil, mayBeEmpty: true, isList: false, literal: literals.count))
      }
    }
    self.steps = steps
    self.literals = literals
    self.leading = leading
  }
}
