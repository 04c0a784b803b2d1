/// Finds the parts of a body while its bytes arrive.
public struct BodyDecoder: Sendable {
  public let framing: BodyFraming
  public let limits: ChunkLimits

  public init(_ framing: BodyFraming, limits: ChunkLimits = ChunkLimits()) {
    self.framing = framing
    self.limits = limits
  }

  /// The next part of the body in `bytes`, from `offset` on, which moves behind it.
  public mutating func next(_ bytes: RawSpan, at offset: inout Int) -> BodyPart {
    .needMore
  }

  /// Nothing of the body is missing.
  public var isComplete: Bool { false }

  /// Bytes of content still to come, where that is known: not for chunked and close-delimited bodies.
  public var remaining: UInt64? { nil }

  /// The peer has closed its side. True if the body was whole.
  public mutating func endOfInput() -> Bool { false }
}
