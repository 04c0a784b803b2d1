/// One field of a template, with the literal that ends it.
struct TemplateStep: Sendable, Equatable {
  let field: LogField?
  let mayBeEmpty: Bool
  /// What nginx writes between two elements of a list does not end it.
  let isList: Bool
  /// Where the literal begins among the template's.
  let literal: Int
  /// 0: the field ends with the line.
  var literalCount = 0
  var firstByte: UInt8 = 0
}
