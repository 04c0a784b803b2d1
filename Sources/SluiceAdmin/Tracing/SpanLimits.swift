internal import SluiceCore

/// The bounds on what the export of spans may take and do.
enum SpanLimits {
  /// Memory of spans that wait, those on their way included. Beyond it new ones are dropped.
  static let queueBytesMax = 8 << 20
  /// Memory that each block takes beside its bytes.
  static let blockOverhead = 64
  /// Bytes of spans in one request; a block is never divided.
  static let batchBytesMax = 512 << 10
  /// Spans in one request, but for those of its last block.
  static let batchSpansMax = 2_048
  /// How long the first span of a request waits for others.
  static let delay = TimeSpan.seconds(1)
  /// From the first try of a request to the end of its tries.
  static let age = TimeSpan.seconds(300)
  /// One try, from the look-up of the name to the end of the response.
  static let tryTime = TimeSpan.seconds(10)
  /// The pause after the first failed try is at most this; after each further one at most twice as long.
  static let firstPause = TimeSpan.seconds(1)
  static let longestPause = TimeSpan.seconds(30)
  /// Characters of what a collector says that are repeated in the log.
  static let messageMax = 200
  /// How long a collector that a reload removed is still given spans.
  static let farewell = Duration.seconds(5)
}
