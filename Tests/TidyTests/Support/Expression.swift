/// A regular expression whose word boundaries are those of programs, not of prose; nil where the pattern is not valid.
func expression(_ pattern: String) -> Regex<AnyRegexOutput>? {
  (try? Regex(pattern))?.wordBoundaryKind(.simple).matchingSemantics(.unicodeScalar)
}
