/// The bounds of a chunked body's overhead. Chunk data itself has no bound here.
public struct ChunkLimits: Hashable, Sendable {
  /// Bytes of the extensions behind one chunk size.
  public var lineExtension: Int
  /// Bytes of all chunk extensions of one body (RFC 9112 7.1.1 asks for such a limit).
  public var totalExtension: Int
  /// Bytes of the trailer section.
  public var trailer: Int
  /// Field lines of the trailer section.
  public var trailerFields: Int

  public init(
    lineExtension: Int = 256, totalExtension: Int = 16 * 1024, trailer: Int = 16 * 1024, trailerFields: Int = 64
  ) {
    self.lineExtension = max(lineExtension, 0)
    self.totalExtension = max(totalExtension, 0)
    self.trailer = max(trailer, 0)
    self.trailerFields = max(trailerFields, 0)
  }
}
