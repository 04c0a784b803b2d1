/// What the scan of a block found.
struct BlockResult: Sendable {
  let task: BlockTask
  var lines = 0
  var recognised = 0
  /// Of the lines, those without a byte.
  var blank = 0
  var cut = 0
  /// Of the recognised lines, those that lie in the wanted time, with the earliest and the latest time of them.
  var counted = 0
  var earliest: Int64 = .max
  var latest: Int64 = .min
  /// Index of a format to its lines.
  var formats: [Int: Int] = [:]
  /// Lines in each offset from UTC are not kept: the first that a line told, in seconds.
  var first: Int64?
  var last: Int64?
  /// The latest time of a line, or that of the block before.
  var clock: Int64 = .min
  /// By time.
  var entries: [TimedEntry] = []
  /// Lines that no format knows: the number within the block from 0, and the text.
  var unrecognised: [(line: Int, text: String)] = []

  static let unrecognisedMax = 5
}
