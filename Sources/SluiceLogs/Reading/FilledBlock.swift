/// A block of whole lines that was read.
struct FilledBlock: Equatable {
  /// The first bytes of the buffer.
  var count: Int
  /// The index of the file within the log.
  var file: Int
  /// Grows with each reading of a file from its beginning.
  var reading: Int
}
