/// What `BodyDecoder` found next. Ranges are offsets into the bytes of that call.
public enum BodyPart: Hashable, Sendable {
  /// All bytes are taken and the body goes on.
  case needMore
  /// Content.
  case data(ByteRange)
  /// Raw bytes of the trailer section, without the empty line that ends it. The caller appends them to one block
  /// and hands that to `parseTrailers`.
  case trailers(ByteRange)
  /// The body is whole; what follows belongs to the next message.
  case end
  case failed(WireFault)
}
