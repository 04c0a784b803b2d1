/// Why a text is no format string.
struct FormatStringProblem: Error, Equatable {
  let sentence: String
  let suggestion: String?
}
