/// Buckets of times: four to a doubling, from 64 microseconds to half an hour, so that a bucket is at most a quarter
/// wider than where it begins.
public enum LatencyBuckets {
  public static let count = 96
  /// Microseconds that the narrowest buckets are wide: 2 to the power of this.
  private static let grainBits: Int32 = 6

  /// The bucket of a time.
  static func index(microseconds: Int32) -> Int {
    let value = max(microseconds, 0) >> grainBits
    guard value >= 4 else { return Int(value) }
    let exponent = 31 - value.leadingZeroBitCount
    return (exponent - 1) * 4 + Int(value >> Int32(exponent - 2)) & 3
  }

  /// Where a bucket begins, in milliseconds; that of `count` is where the last one ends.
  public static func lowerBound(_ index: Int) -> Double {
    let grain = Double(1 << grainBits) / 1000
    guard index >= 4 else { return Double(max(index, 0)) * grain }
    return Double((4 + index % 4) << (min(index, count) / 4 - 1)) * grain
  }
}
