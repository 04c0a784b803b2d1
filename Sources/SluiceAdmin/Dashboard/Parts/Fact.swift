internal import SluiceDiagnosis

/// A name with its value.
struct Fact {
  var name: String
  /// The value, escaped.
  var markup: String

  init(_ name: String, _ value: String) { (self.name, markup) = (name, HTMLWriter.escaped(value)) }

  init(_ name: String, _ value: (inout HTMLWriter) -> Void) { (self.name, markup) = (name, HTMLWriter.markup(value)) }
}
