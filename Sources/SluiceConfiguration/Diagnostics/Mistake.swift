/// Why a text is not the value that it should be: what a parser of one value throws.
struct Mistake: Error {
  var what: String
  var suggestion: String?

  init(_ what: String, suggestion: String? = nil) {
    self.what = what
    self.suggestion = suggestion
  }
}
