extension String {
  /// Without SGR sequences.
  var withoutColours: String { replacing(#/\u{1B}\[[0-9;]*m/#, with: "") }
}
