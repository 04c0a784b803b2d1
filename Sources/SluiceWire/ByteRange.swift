/// A half-open range of byte offsets in a block that the caller holds.
///
/// Wire functions return offsets, never spans, so that a head can be kept as one block with an index of fields.
/// Offsets are 32 bits wide: a block is always far below 4 GiB because every head and trailer section has a bound.
public struct ByteRange: Hashable, Sendable {
  public var lowerBound: UInt32
  public var upperBound: UInt32

  public static let empty = ByteRange(0, 0)

  /// Offsets outside of 0…UInt32.max are clamped: a range that is too long can then only fail a bounds check.
  @inlinable
  public init(_ lower: Int, _ upper: Int) {
    lowerBound = UInt32(clamping: lower)
    upperBound = UInt32(clamping: upper)
  }

  /// The number of bytes; 0 for a range whose ends are reversed.
  @inlinable
  public var count: Int { isEmpty ? 0 : Int(upperBound) - Int(lowerBound) }

  @inlinable
  public var isEmpty: Bool { upperBound <= lowerBound }

  /// The same range as `Int` offsets.
  @inlinable
  public var offsets: Range<Int> { Int(lowerBound)..<max(Int(lowerBound), Int(upperBound)) }
}
