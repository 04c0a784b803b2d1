internal import NIOCore

/// What a stream has to send and has not sent yet.
///
/// Nothing is written before the turn ends: so a head whose message has no content carries the end of the stream, and
/// the last of the content does where there is some.
struct HTTP2Outgoing {
  /// The header block of the head that waits; empty: none.
  var head: [UInt8] = []
  private(set) var content = CircularBuffer<ByteBuffer>()
  /// Bytes of `content`.
  private(set) var count = 0
  /// The header block of the trailer section.
  var trailers: [UInt8] = []
  /// Nothing is added any longer.
  var ends = false
  /// The end was written.
  var isDone = false
  /// Waits for a window, or for the socket.
  var isWaiting = false
  /// The exchange was told that this side takes no more for now.
  var isFull = false

  /// Bytes that may wait before the other side is paused, and when it goes on.
  static let countHigh = 64 << 10
  static let countLow = 16 << 10

  mutating func append(_ bytes: ByteBuffer) {
    guard bytes.readableBytes > 0 else { return }
    content.append(bytes)
    count += bytes.readableBytes
  }

  /// The next bytes, at most `most` of them.
  mutating func take(_ most: Int) -> ByteBuffer? {
    guard var first = content.first else { return nil }
    guard first.readableBytes > most else {
      count -= first.readableBytes
      return content.removeFirst()
    }
    let part = first.readSlice(length: most)
    content[content.startIndex] = first
    count -= most
    return part
  }

  /// As new; storage is kept.
  mutating func clear() {
    head.removeAll(keepingCapacity: true)
    content.removeAll(keepingCapacity: true)
    count = 0
    trailers.removeAll(keepingCapacity: true)
    ends = false
    isDone = false
    isWaiting = false
    isFull = false
  }
}
