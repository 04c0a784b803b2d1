public import SluiceWire

/// What one side of an HTTP/2 connection allows the other.
public struct HTTP2Limits: Sendable, Equatable {
  /// Streams at a time.
  public var streamsMax: Int
  /// Bytes of content that a stream may have on its way to us or waiting here.
  public var streamWindow: Int
  /// The same of all streams of the connection together.
  public var connectionWindow: Int
  /// Whether the window of the connection opens again as soon as bytes arrive, and not when they were taken.
  ///
  /// Towards clients it does not: what one connection can make us hold is `connectionWindow`. Towards endpoints it
  /// does: else a few slow clients would hold up the responses to all others.
  public var opensConnectionAtOnce: Bool
  /// Of a message's fields.
  public var list: HeaderList.Limits
  /// Bytes of a header block as it is encoded.
  public var blockMax: Int
  /// Frames of a header block.
  public var blockFramesMax = 64

  /// - Parameter list: the list that we take. What is larger is read to its end all the same, up to `blockMax`.
  public init(
    streamsMax: Int = 128, streamWindow: Int = 256 << 10, connectionWindow: Int = 1 << 20,
    opensConnectionAtOnce: Bool = false, list: HeaderList.Limits = HeaderList.Limits(), blockMax: Int = 256 << 10
  ) {
    self.streamsMax = streamsMax
    self.streamWindow = streamWindow
    self.connectionWindow = connectionWindow
    self.opensConnectionAtOnce = opensConnectionAtOnce
    self.list = list
    self.blockMax = blockMax
  }
}
