/// What one transaction writes.
struct StoreBatch {
  var entries: ArraySlice<QueuedIncident> = []
  var episodes: [ProblemTracker.Episode] = []
  var notes: [StoreNote] = []
  /// What is about to be told of the episodes.
  var events: [ProblemEvent] = []
  /// Numbers of problems that entries belong to and `episodes` does not hold.
  var numbers: [ProblemKey: Int64] = [:]

  var isEmpty: Bool { entries.isEmpty && episodes.isEmpty && notes.isEmpty }

  /// What the entries will take in the file, about.
  var bytes: Int { entries.reduce(0) { $0 + $1.bytes } }
}
