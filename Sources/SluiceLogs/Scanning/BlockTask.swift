/// What has to be known to scan a block of one log.
struct BlockTask: Sendable {
  var log: Int
  /// The block's number in its log.
  var number: Int
  var file: Int
  /// Grows where a file is read from its beginning: lines are counted from there.
  var reading: Int
  var hint: FormatHint
  var zone: LogZone
  /// Unix time in milliseconds near which lines without a year were written.
  var reference: Int64
}
