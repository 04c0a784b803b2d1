internal import NIOCore
internal import SluiceWire

/// The parts of a chunked body that came in one read with its head.
///
/// All of them are decoded before anything of the response is passed on, since a fault among them can then still be
/// answered 502, and each is kept until it is its turn, so that none is decoded twice. There are at most as many as the
/// read has bytes, and they are taken in the same turn.
struct FirstParts {
  /// Bytes of the body that a part takes, and what it is; its range is into these bytes.
  private typealias Step = (part: BodyPart, length: Int)

  private var steps: [Step] = []
  private var position = 0

  /// Storage for more than this is not kept for the next response.
  private static let keptSteps = 16

  /// Decodes all that is there.
  ///
  /// - Returns: the first rule that the chunks break; then there are no parts.
  mutating func fill(from decoder: inout BodyDecoder, _ body: ByteBuffer) -> WireFault? {
    clear()
    var rest = body
    while true {
      var length = 0
      let part = decoder.next(rest.readableBytesSpan, at: &length)
      rest.moveReaderIndex(forwardBy: length)
      switch part {
      case .failed(let fault):
        clear()
        return fault
      case .data, .trailers:
        steps.append((part, length))
      case .needMore, .end:
        steps.append((part, length))
        return nil
      }
    }
  }

  /// The next part, in order; nil where all were taken. `offset` moves behind it, as `BodyDecoder.next` does.
  mutating func next(at offset: inout Int) -> BodyPart? {
    guard position < steps.count else { return nil }
    let step = steps[position]
    position += 1
    offset += step.length
    if position == steps.count { clear() }
    return step.part
  }

  mutating func clear() {
    guard !steps.isEmpty else { return }
    steps.removeAll(keepingCapacity: steps.count <= Self.keptSteps)
    position = 0
  }
}
