/// What one transaction has written.
struct StoreOutcome {
  /// Of the batch's episodes.
  var numbers: [ProblemKey: Int64] = [:]
  /// Events that another gateway has told already.
  var toldElsewhere: [ProblemEvent] = []
  var stored = 0
}
