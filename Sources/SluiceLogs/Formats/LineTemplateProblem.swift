/// Why a text is no template.
enum LineTemplateProblem: Error, Equatable {
  case empty
  /// A brace that is opened and not closed.
  case openBrace
  /// `}` alone: written `}}` where it is meant.
  case closingBrace
  case unknownField(String)
  /// Two fields without a literal between them: nobody knows where the first ends.
  case noLiteralBetween(String)
  /// `{*}` stands before something.
  case restNotLast

  var sentence: String {
    switch self {
    case .empty: "the template is empty"
    case .openBrace: "a brace is opened and not closed; a brace that is meant is written twice"
    case .closingBrace: "a closing brace has no opening one; a brace that is meant is written twice"
    case .unknownField(let name): "no field is called “\(name)”"
    case .noLiteralBetween(let name): "nothing stands before {\(name)} that tells where the field before it ends"
    case .restNotLast: "{*} takes the rest of the line, so nothing may stand behind it"
    }
  }
}
